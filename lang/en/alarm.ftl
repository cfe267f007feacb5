# Calls for help: why something was refused, and what to do next.
alarm-no-such-alarm = There is no such alarm. If you are in danger, call 112.
alarm-already-closed = This alarm is closed. If help is needed again, press anew.
alarm-not-seen-yet = Nobody has seen this alarm yet. Acknowledge it first.
alarm-taken-back-under-duress = It was taken back under duress. It cannot be closed as a mistake: send somebody, or the police.
alarm-no-such-note = There is no such note. Somebody put it away, or it has expired.
alarm-too-many-notes = There are too many notes. Put away what is settled first.
alarm-wrong-pin = That number is not right. Please try again. The alarm is still on.
alarm-state-nothing = No alarm
alarm-state-raised = Seen by nobody yet
alarm-state-seen = Seen by a person
alarm-state-closed = Closed
