# A visit to where there is no network. What is on this device and what has not gone yet is said as it is.
visit-take = Before you go where there is no network
visit-take-means = The cases you choose go along, closed on this device. They open with your key only (your passkey or your seven words). Open them once before you leave, to be sure that you have that key with you.
visit-which = Which cases go along
visit-until = Until when
visit-span-short = For four hours (until { $until })
visit-span-night = Until the morning (until { $until })
visit-span-day = For a day (until { $until })
visit-take-honest = They are deleted when you end the visit, when you sign out, or when the time is over. What was deleted can stay on the storage for a while, closed. Take only the cases you need, and never on a device that others use.
visit-take-do = Take { $n } along
visit-taking = Getting it ready. Please do not close this page.
visit-taken = Ready. This address opens without a network now.
visit-take-failed = This did not work. Nothing new was left on this device. Please try again.
visit-cannot = This browser cannot take cases along. Use a recent Chrome, Safari or Firefox, and no private window.
visit-none = There is no case that can go along.

# During the visit
visit-title = A visit is ready
visit-here = { $n ->
    [one] One case is on this device, closed, until { $until }.
   *[other] { $n } cases are on this device, closed, until { $until }.
}
visit-away = You are working without a network
visit-away-means = What has come in meanwhile is not shown. What you write is closed at once, kept on this device, and sent when there is a network. Answers, referrals, files and duties to report need a network.
visit-waits = { $n } waiting to be sent, since { $since }.
visit-waits-none = Nothing waits to be sent.
visit-words = Show what waits
visit-home-do = Look for a network and send
visit-home-look = Look for a network again
visit-home-looking = Looking.
visit-home-not = There is still no network. What you wrote is on this device.
visit-go-on = Go on with what you took along
visit-no-answer = Answers can be sent once there is a network.
work-waits = Closed and kept on this device. It goes when there is a network.

# Back again
visit-send = Send now
visit-sending = Sending, in the order you wrote.
visit-arrived = { $n } sent, and seen in the case.
visit-words-title = Some of your words have not been sent
visit-foreign = Somebody else’s visit is on this device. It opens with their key only; here it can only be deleted.
visit-stuck-later = There is no network yet. It goes on when there is.
visit-stuck-crowded = Others are writing just now. Press again in a moment.
visit-stuck-gone = She deleted this case meanwhile. There is nowhere to send these words. Read them, then delete them.
visit-stuck-taken-back = She took her consent back meanwhile. These words may not be kept. Read them, then delete them.
visit-stuck-ended = The time of her consent is over. These words may not be kept. Read them, then delete them.
visit-stuck-not-for-us = She has not given this center the record of the work. These words may not be kept.
visit-stuck-no-column = Her own place in the case is not known, so nothing would reach her. Tell your supervisor.
visit-stuck-no-key = The center has a new key, and this device was not given it yet. It goes once a colleague has given it to you.
visit-stuck-signed-out = Sign in again to send it. What you wrote is on this device.
visit-stuck-seat-ended = This device is not one of the center’s any more. These words cannot be sent. Read them, and tell your supervisor yourself.
visit-stuck-doubted = The case could not be checked, so nothing was sent. Tell your supervisor. What you wrote is still here.
visit-stuck-other = It was not taken ({ $why }). What you wrote is still here.
visit-let-go = Delete these words
visit-let-go-of = Delete these words: { $name }, { $what }
visit-let-go-means = They are deleted and not sent. This cannot be undone.
visit-let-go-do = Yes, delete them

# Opening and ending
visit-door = There is no network
visit-door-means = { $n ->
    [one] One case you took along opens with your key, until { $until }.
   *[other] { $n } cases you took along open with your key, until { $until }.
}
visit-door-waits = { $n } waiting to be sent.
visit-rest = A visit is still on this device
visit-rest-waits = { $n } of your entries were not sent. Sign in and open your key, and they go. If you cannot sign in, you can read them here. After seven days they are deleted.
visit-rest-show = Show only what I wrote
visit-key = Your seven words
visit-nothing = No case is on this device. Open the page again when there is a network.
visit-ended-done = The visit is ended and was deleted from this device.
visit-ended-time = The time of the visit is over. The cases were deleted from this device.
visit-ended-signed-out = You signed out. The cases were deleted from this device.
visit-ended-no-key = The center has a new key. The cases were deleted from this device.
visit-ended-seat-ended = This device is not one of the center’s any more. The cases were deleted from it.
visit-end = End the visit and delete
visit-words-end = Delete what was not sent
visit-end-means = It is deleted from this device. This cannot be undone.
visit-end-do = Yes, end it and delete
visit-end-keep = Delete the cases, keep { $n } to send
visit-end-words = Delete everything, { $n } unsent too
visit-end-not = Cancel
