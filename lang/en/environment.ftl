# Registers: why an import was refused, and what to do next.
environment-unbalanced = Not every row is accounted for, so nothing was taken in. Read the file again.
environment-no-such-defect = There is no such defect. Check the list.
environment-defect-closed = This defect is closed. Report it anew if it is broken again.
environment-another-register = This file belongs to another register. Check its kind and import it again.
