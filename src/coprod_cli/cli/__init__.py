"""The door: what people type comes in, what they read goes out. typer and rich live here and nowhere else."""
