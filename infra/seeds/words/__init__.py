"""The words that invented people say, are called, and live by. All written for this demo."""
