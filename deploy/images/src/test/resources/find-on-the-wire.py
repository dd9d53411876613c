"""Looks for a word in every packet of every interface: find-on-the-wire.py WORD SECONDS."""
import re
import select
import socket
import sys
import time

word, end = sys.argv[1].encode(), time.monotonic() + float(sys.argv[2])
every_protocol = 3
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(every_protocol))
wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 << 20)
print("listening", flush=True)
packets, found = 0, set()
while (left := end - time.monotonic()) > 0:
    if select.select([wire], [], [], left)[0]:
        packet = wire.recv(1 << 17)
        packets += 1
        found.update(re.findall(word + rb"[-A-Z]*", packet))
print(packets, "packets")
print(len(found), "in clear:", b" ".join(sorted(found)).decode())
