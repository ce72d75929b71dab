"""DouyinBarrageGrab, a program that tells what happens in Douyin's rooms on this machine."""
