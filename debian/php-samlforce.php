mod debian/samlforce.ini
