"""Simulated people who click: each signs in, then asks for one page after another.

`python -m benchmarks._clinic_users ADDRESS` reads JSON from its input (users, password, pages as names to
paths, seconds, pauses), and prints JSON: for each pause the milliseconds of every answer. A process of its
own, so that it takes no time from the web's.
"""

import http.client
import json
import random
import re
import sys
import threading
import time
from urllib.parse import urlencode, urlsplit

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TIMEOUT_S = 60
WARM_S = 3.0


class Person:
    """One browser with one connection."""

    def __init__(self, address: str) -> None:
        where = urlsplit(address)
        self._host = where.netloc
        self._link = http.client.HTTPConnection(str(where.hostname), where.port, timeout=TIMEOUT_S)
        self._cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Send a request, read the whole answer, keep its cookies."""
        headers = {
            "Host": self._host,
            "Cookie": "; ".join(f"{key}={value}" for key, value in self._cookies.items()),
        }
        body = None
        if form is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://{self._host}{path}",
            }
            body = urlencode(form)
        try:
            self._link.request(method, path, body, headers)
            answer = self._link.getresponse()
        except ConnectionError:  # the web closed it while nobody asked: a browser opens another
            self._link.close()
            self._link.request(method, path, body, headers)
            answer = self._link.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, text

    def sign_in(self, name: str, password: str) -> None:
        """Sign in as a person does."""
        _, page = self.ask("GET", "/account/login/")
        token = _TOKEN.search(page)
        if token is None:
            raise SystemExit("the sign-in page has no token")
        form = {"login": name, "password": password, "csrfmiddlewaretoken": token[1]}
        status, text = self.ask("POST", "/account/login/", form)
        if status != 302:
            raise SystemExit(f"{name} could not sign in: {status} {text[:300]}")


def click(
    person: Person, pages: dict[str, list[str]], until: float, pause_s: float, seed: int
) -> list[tuple[str, float, int]]:
    """Ask for random pages until a moment, with a pause about so long before each."""
    chance, taken = random.Random(seed), []
    while time.monotonic() < until:
        time.sleep(pause_s * chance.uniform(0.5, 1.5))
        name = chance.choice(list(pages))
        path = chance.choice(pages[name])
        began = time.perf_counter()
        status, _ = person.ask("GET", path)
        taken.append((name, 1000 * (time.perf_counter() - began), status))
    return taken


def together(
    people: list[Person], pages: dict[str, list[str]], seconds: float, pause_s: float
) -> list[tuple[str, float, int]]:
    """Everybody clicks at once, each in a thread."""
    until = time.monotonic() + seconds
    taken: list[tuple[str, float, int]] = []

    def work(number: int) -> None:
        taken.extend(click(people[number], pages, until, pause_s, number))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def main(address: str) -> None:
    asked = json.load(sys.stdin)
    people = [Person(address) for _ in asked["users"]]
    for person, name in zip(people, asked["users"], strict=True):
        person.sign_in(name, asked["password"])
    pages, seconds = asked["pages"], asked["seconds"]
    together(people, pages, WARM_S, 0.0)  # templates are compiled, the database's pages are in memory
    print(json.dumps([together(people, pages, seconds, pause) for pause in asked["pauses"]]))


if __name__ == "__main__":
    main(sys.argv[1])
