"""Where sealed documents lie, as the environment says: a folder, or an S3-compatible store if `S3_BUCKET` is set."""

from __future__ import annotations

from typing import Any

from config import env

SECONDS = 10


def documents() -> dict[str, Any]:
    """Give the entry of `STORAGES`."""
    bucket = env.text("S3_BUCKET", "")
    return _s3(bucket) if bucket else _folder()


def _folder() -> dict[str, Any]:
    return {
        "BACKEND": "avhopp.files.store.Folder",
        "OPTIONS": {
            "location": env.text("DOCUMENTS_PATH"),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }


def _s3(bucket: str) -> dict[str, Any]:
    # The extra `s3` brings it, and only those who have such a store have installed it.
    from botocore.config import Config

    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.text("S3_ENDPOINT"),
            "region_name": env.text("S3_REGION", "") or None,
            "access_key": env.text("S3_ACCESS_KEY"),
            "secret_key": env.text("S3_SECRET_KEY"),
            "default_acl": None,
            "file_overwrite": False,
            # What is fetched waits on the disk, as ciphertext, and never whole in memory.
            "max_memory_size": 1024 * 1024,
            "client_config": Config(
                connect_timeout=SECONDS,
                read_timeout=SECONDS,
                retries={"max_attempts": 2},
                signature_version="s3v4",
                s3={"addressing_style": "path"},
            ),
        },
    }
