"""The rules of learning as pure functions: nothing here reads a file, a clock or chance by itself."""
