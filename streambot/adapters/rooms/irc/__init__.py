"""IRCv3 over WebSocket: any chat server that speaks it, and Twitch as a dialect."""
