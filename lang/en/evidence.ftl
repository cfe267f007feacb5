# Photos, films and files: what they give away, how they travel, and who has opened them. Short
# sentences; what is promised here has to be true of the bytes.

## Choosing
evidence-choose = Add photos or files
evidence-choose-how = You can add photos, films, recordings, screens of a chat, documents: up to 500 MB each. You need not add any.
evidence-tells = What comes along with a photo
evidence-tells-1 = A photo often holds where and when it was taken, and the name of the phone.
evidence-tells-2 = So a copy without these is made on this device. The centers open the copy first.
evidence-tells-3 = The original is kept as it is. Evidence needs an original that was not changed.
evidence-tells-4 = Faces, signs and what is seen through a window stay in the photo. Of films and documents no copy can be made; only the original is kept.
evidence-pick = Choose photos or files
evidence-reading = Looking at { $name }: { $share }%
evidence-halt = Stop
evidence-nameless = File without a name
evidence-picked = { $n } chosen
evidence-count = { $n }
evidence-this-tells = This file holds: { $what }.
evidence-tells-place = where it was taken
evidence-tells-time = when it was taken
evidence-tells-device = the name of the device
evidence-copy-made = A copy without these is kept beside it.
evidence-copy-whole = There is nothing in it but the picture.
evidence-copy-cannot = No copy can be made of this kind. Only the original is kept. A place or a name may be left inside.
evidence-take-out = Take out
evidence-take-out-name = Take out { $name }
evidence-back-questions = To all questions
evidence-not-empty = { $name }: this file is empty. Please choose another.
evidence-not-too-large = { $name }: too large. Up to 500 MB each; please cut it or make it smaller.
evidence-not-unreadable = { $name }: it cannot be read. Please download it to the device first, then choose it again.
evidence-not-too-many = { $name }: up to 40 at once. You can add more after sending.

## Sending
evidence-follow = Your files follow
evidence-follow-means = What you wrote is there already. If you close this page the files stop. Within a day, open with your seven words and choose the same file: it goes on where it stopped.
evidence-sending = How much has gone
evidence-sending-name = Sending { $name }: { $n } of { $all }
evidence-sending-copy = Sending the copy of { $name }: { $n } of { $all }
evidence-after = { $n } more after it.
evidence-stop = Stop
evidence-stopped = Stopped.
evidence-cut = The connection broke. What has gone is there.
evidence-there = { $n } of { $all } have gone.
evidence-go-on = Go on sending
evidence-all-there = All files are there.

## Later
evidence-files = Photos and files
evidence-readers = Who can open these files: { $centers }. Opening an original is written down.
evidence-readers-none = Only you can open these files.
evidence-none = You have added no files.
evidence-more = Add more photos or files
evidence-here = All of it is there.
evidence-partly = { $n } pieces have not come yet.
evidence-not-here = It has not come yet.
evidence-has-copy = There is a copy without the place, too.
evidence-pick-again = Choose the same file and go on
evidence-comparing = Checking that it is the same file.
evidence-another = This is another file than the first. Please choose the same one.
evidence-look = Look
evidence-opening = Opening.
evidence-opening-part = Opening: { $n } of { $all }
evidence-not-opened = It could not be opened. Please try again in a moment.
evidence-picture = Picture: { $name }
evidence-remove = Remove
evidence-remove-name = Remove { $name }
evidence-remove-means = The original and the copy go, and cannot come back. A file that somebody has downloaded cannot be taken from them.
evidence-remove-yes = Yes, remove it
evidence-removed = Removed.
evidence-not-removed = It could not be removed. Please press once more.
evidence-crossed = The center has added a file meanwhile. Please try once more.
evidence-unwritten = It could not be kept. Please try once more.
evidence-who-opened = Who opened it, and when
evidence-custody-not = The log cannot be shown now. Please try again in a moment.
evidence-event-wrong = this entry is not proved
evidence-log-wrong = A part of the log was changed or is gone. Please tell your caseworker.

## What was done
evidence-action-1 = came in
evidence-action-2 = opened
evidence-action-3 = copied out
evidence-action-4 = handed over
evidence-action-5 = given back
evidence-action-6 = deleted
evidence-action-7 = copy made

## At a center
evidence-title = Photos and files
evidence-not-for-us = These files are not for this center. Only those she agreed to can open them.
evidence-none-case = No files were added.
evidence-held = Opened in this page's memory only. Locking or leaving closes it.
evidence-open-copy = Open the copy
evidence-open-original = Open the original
evidence-open-means = Opening is written down with center, device and hour, and she can see it.
evidence-same = It is as it was sent: the fingerprint (sha256) fits.
evidence-cannot-show = This page does not show this kind. If it is needed, give a reason and copy it out.
evidence-close = Close
evidence-copy-out = Copy out
evidence-copy-out-why = Why it is copied out
evidence-copy-out-means = The copy stays outside this page. She can read the reason.
evidence-copy-out-do = Keep the reason and copy out
evidence-copy-out-copy = Keep the reason and copy out the copy
evidence-copy-out-original = Keep the reason and copy out the original
evidence-copied-out = Copied out, and written down.
evidence-custody = Custody
evidence-custody-signed = Signed up to { $at }.
evidence-custody-unsigned = Not signed yet. It will be within the hour.
evidence-custody-save = Save the custody file
evidence-custody-none = Nothing is written down yet.
evidence-wrong-head-not-signed = The log has no signature of the city.
evidence-wrong-entry-missing = Entry { $place } is gone.
evidence-wrong-entry-changed = Entry { $place } was changed.
evidence-wrong-log-changed = An entry before { $place } was changed.
evidence-wrong-event-missing = Before entry { $place } one of this file is missing.
evidence-by-her = she
evidence-by-us = our center
evidence-by-other = another center
