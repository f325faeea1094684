"""Files that people bring in and take out: sealed while they come, kept as ciphertext alone, opened as they leave.

Nothing here knows a case; whoever calls has asked the gate, and a file's key comes from the open `CryptoScope`.
"""
