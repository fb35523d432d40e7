"""What is taught: the course as frozen data, read from YAML when it is needed."""
