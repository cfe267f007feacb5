# Registers: why an import was refused, and what to do next.
environment-unbalanced = Not every row is accounted for, so nothing was taken in. Read the file again.
environment-another-register = This file belongs to another register. Check its kind and import it again.
