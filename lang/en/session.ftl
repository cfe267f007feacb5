# Signing in: staff by passkey, devices by a code.
session-title-dispatcher = Sign in at the desk
session-title-team = Sign in as a team
session-title-haven = Pair this till
session-title-supervisor = Sign in as supervisor
session-passkey = Sign in with a passkey
session-code = Enrolment code
session-code-why = The one-time code your coordinator gave you.
session-enroll = Enrol
session-failed = Could not sign in. Try again or ask your coordinator for a new code.
session-no-passkey = This device cannot use passkeys. Ask for an enrolment code.
session-other = You are signed in as { $who }. This screen needs another role.
session-out = Sign out
session-as = { $who }
