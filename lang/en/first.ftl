# Words that travel inside the citizen's page, before anything has loaded.
first-leave = Leave
first-hold = HOLD: call for help
first-hold-sub = Hold for one second
first-hint = A short tap sends nothing. Hold for one second.
first-sending = Sending…
first-unsent = Not sent yet
first-sent = Sent ✓
first-waiting = Waiting for a person to see it
first-retrying = Call 112. We send it once, when connected.
first-seen = Seen by a person ✓
first-call = Call 112
first-title = City services
first-loading = Loading. The button below works already.
first-city-services = City services
first-opening = Opening. You can call already.
