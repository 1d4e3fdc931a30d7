"""What a study file says: its blocks, its inputs and their register, its mistakes in words."""
