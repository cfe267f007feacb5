# Opened again with the words: giving a center more of what is here, or less
give-change = Show more or less
give-new = Show it to another center
give-whom = Which center may read it?
give-what = What may { $center } read?
give-how = It can read only what is ticked. What you untick it cannot read from then on. What has been read cannot be unread.
give-nothing = If it should read nothing, leave this as it is and press “Take the consent back”.
give-same = The same as now.
give-look = See what it will read
give-preview = This is what { $center } will read
give-adds = It can read this too: { $kinds }
give-drops = It can no longer read: { $kinds }
give-empty = Empty now: { $kinds }. If you write there later, this center can read it.
give-yes = I agree: change it like this
give-given = What { $center } can read is changed.
give-crossed = Something new has come meanwhile. Look again, then press.
give-failed = Not changed yet. Check the connection and press again. It will not change twice.
