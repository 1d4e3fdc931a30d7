"""What is said of a study and of its exports before anything is built."""
