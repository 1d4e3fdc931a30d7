"""A new study begun: its file proposed from the exports, its codebook from the answers."""
