"""The second opinion of csv_test.c: Python's own csv. Rows stand as a line each, fields in hexadecimal with a point before each.

usage: csv_oracle.py read CSV ROWS    what CSV holds, into ROWS
       csv_oracle.py write ROWS CSV   ROWS as CSV, one third each: quotes everywhere, the same with CR LF, quotes where needed with CR LF
"""
import csv
import sys


def main():
    way, source, target = sys.argv[1:]
    if way == "read":
        with open(source, encoding="utf-8", newline="") as file, open(target, "w", encoding="ascii") as out:
            for row in csv.reader(file, strict=True):
                out.write("".join("." + field.encode().hex() for field in row) + "\n")
        return
    with open(source, encoding="ascii") as file:
        rows = [[bytes.fromhex(field).decode() for field in line.rstrip("\n").split(".")[1:]] for line in file]
    with open(target, "w", encoding="utf-8", newline="") as out:
        third = (len(rows) + 2) // 3
        csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows[:third])
        csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(rows[third : 2 * third])
        # (with LF alone it leaves a lone CR without quotes)
        csv.writer(out, lineterminator="\r\n").writerows(rows[2 * third :])


main()
