"""The only place where a trained model is loaded (verified first) and called."""
