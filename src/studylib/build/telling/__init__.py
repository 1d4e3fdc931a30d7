"""What people are told of builds: state, history, messages."""
