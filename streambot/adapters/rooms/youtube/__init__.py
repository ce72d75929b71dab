"""YouTube's live chat by its official Data API: read as it is pushed, written to within the day's quota."""
