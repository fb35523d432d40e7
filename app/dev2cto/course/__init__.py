"""The course content as frozen data, read from YAML on demand."""
