"""The demonstration as it stands on a day of its story, and the site over it."""

import json
import os
import pathlib
import re
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
TANDEM = os.environ.get("TANDEM", str(ROOT / ".build/debug/tandem"))
DAYS = int(os.environ.get("TANDEM_DEMO_DAYS", "44"))


class Demonstration:
    """A folder with the demonstration as it stands on a day of its story, and its accounts."""

    def __init__(self, shelf, days):
        self.folder = shelf / f"day-{days}"
        told = shelf / f"day-{days}.json"
        if not told.exists():
            built = subprocess.run(
                [TANDEM, "demo", "--data", str(self.folder), "--days", str(days), "--format", "json"],
                check=True, capture_output=True, text=True, cwd=ROOT)
            told.write_text(built.stdout)
        self.accounts = json.loads(told.read_text())["accounts"]

    def account(self, role, site=None, number=0):
        """Somebody who holds a role, at a site where one is named."""
        held = [found for found in self.accounts if found["role"] == role and site in (None, found["site"])]
        return held[number]


class Served:
    """The site over a demonstration's folder."""

    def __init__(self, folder, *options):
        # What it says goes into a file: a pipe that nobody reads would stop it.
        said = folder.parent / f"{folder.name}-said.txt"
        with said.open("w") as output:
            self.process = subprocess.Popen(
                [TANDEM, "serve", "--demo", "--data", str(folder), "--port", "0", *options], stderr=output, cwd=ROOT)
        while self.process.poll() is None:
            if found := re.search(r"https?://\S+:\d+", said.read_text()):
                self.address = found[0].rstrip(".")
                return
            time.sleep(0.1)
        raise RuntimeError(f"the site did not start: {said.read_text()}")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            # It lets open connections end; what was acknowledged is durable, so that nothing is lost by not waiting.
            self.process.kill()
            self.process.wait()
