"""oba-live-tool, a control-panel program of shops that tells comments and arrivals on this machine."""
