"""The report: figures as they were printed, their words, pictures and files. It computes from print alone."""
