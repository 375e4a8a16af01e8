#!/usr/bin/python3
"""The bench's hand inside a virtual PC: runs the commands that come over the second serial port, as root or as the user.

A line in: {"id", "argv", "user", "terminal", "answers": [[what is seen, what is typed]], "limit": seconds}. A line out: "@bench "
and {"id", "status", "output"}, the output zlib and base64. At the start it says {"hello": boot id, "uptime": seconds}.
"""
import base64
import json
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
import tty
import zlib

PORT = "/dev/ttyS1"
MOST = 4 << 20


def say(port, value):
    data = b"\n@bench " + json.dumps(value).encode() + b"\n"
    while data:
        data = data[os.write(port, data):]


def as_user(argv, user):
    """Logged in on the first text console, as pam_systemd sees it: a session that is local and active for polkit."""
    quoted = " ".join("'" + word.replace("'", "'\\''") + "'" for word in argv)
    return ["env", "XDG_SEAT=seat0", "XDG_VTNR=1", "XDG_SESSION_TYPE=tty", "su", "-l", user, "--session-command", "exec " + quoted]


def start(command, terminal):
    """The process and where its output can be read (and, on a terminal, answered)."""
    if terminal:
        pid, stream = pty.fork()
        if pid == 0:
            os.execvp(command[0], command)
        return pid, stream
    reader, writer = os.pipe()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=writer, stderr=writer, start_new_session=True)
    os.close(writer)
    return child.pid, reader


def type_in(stream, text, secret):
    """A program that asks for a secret throws away what was typed before it switched the echo off."""
    for _ in range(100):
        if not secret or not termios.tcgetattr(stream)[3] & termios.ECHO:
            break
        time.sleep(0.1)
    os.write(stream, text.encode())


def run(request):
    command = request["argv"]
    if request.get("user"):
        command = as_user(command, request["user"])
    pid, stream = start(command, request.get("terminal"))
    answers, output, seen = list(request.get("answers") or []), b"", 0
    end, status = time.monotonic() + request.get("limit", 600), None
    while True:
        ready, _, _ = select.select([stream], [], [], 1)
        if ready:
            try:
                data = os.read(stream, 65536)
            except OSError:
                data = b""
            if not data:
                break
            output = (output + data)[-MOST:]
            at = output.find(answers[0][0].encode(), seen) if answers else -1
            if at >= 0:
                seen = at + len(answers[0][0])
                question, answer = answers.pop(0)
                type_in(stream, answer, "assword" in question)
            continue
        # Whoever still holds the output, such as a service that was started, is not waited for.
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            break
        status = None
        if time.monotonic() > end:
            os.killpg(pid, signal.SIGKILL)
            output += b"\n(the time was up)\n"
            break
    if status is None:
        status = os.waitpid(pid, 0)[1]
    os.close(stream)
    return os.waitstatus_to_exitcode(status), output


def main():
    port = os.open(PORT, os.O_RDWR | os.O_NOCTTY)
    tty.setraw(port)
    with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as stream:
        boot = stream.read().strip()
    with open("/proc/uptime", encoding="ascii") as stream:
        say(port, {"hello": boot, "uptime": float(stream.read().split()[0])})
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    pending = b""
    while True:
        pending += os.read(port, 65536)
        while b"\n" in pending:
            line, _, pending = pending.partition(b"\n")
            try:
                request = json.loads(line)
            except ValueError:
                continue
            try:
                status, output = run(request)
            except (OSError, KeyError) as reason:
                status, output = 255, str(reason).encode()
            say(port, {"id": request.get("id"), "status": status,
                       "output": base64.b64encode(zlib.compress(output)).decode()})


if __name__ == "__main__":
    sys.exit(main())
