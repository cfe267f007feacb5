# These may be read on a lock screen: they must not say what it is about.
notify-team = Waylight: there is news. Please open your screen.
notify-duty = Waylight: something needs a look. Please open the desk screen.
