# What went wrong and what to do next.
problem-unknown = This does not work now. Try again in a moment or call { $phone }.
unreached = No connection. Check the network and try again.
request-not-understood = That could not be read. Check the marked field and send again.
request-no-key = This page is old. Reload it and try again.
request-key-reused = This differs from what was sent before. Press once more.
request-no-such-thing = Not found. It may be over or erased.
request-foreign-origin = This address may not send. Open the original address.
request-too-many = Too many at once. Try again shortly. In an emergency call 112.
request-too-large = Too long. Shorten it and send again.
request-no-such-method = This page is old. Reload it and try again.
request-timed-out = It took too long. Try again; it will not be counted twice.
request-fault = The fault is ours. Try again; in an emergency call 112.
store-unavailable = Cannot be saved now. Try again shortly; in an emergency call 112.
session-not-signed-in = Sign in first.
session-not-yours = Not for this role. Sign in with the right one.
session-sign-in-failed = Could not sign in. Try again or ask your coordinator for a new code.
route-no-streets = No street data for this place yet. Asking for a walk and the phone still work.
