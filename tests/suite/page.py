#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The HTML report in a browser: headless Chromium opens it, types, clicks and presses keys (DevTools protocol over pipes). It
loads nothing, says nothing on the console, filters, is legible in light and dark and fits a phone; what is hostile in the
data runs nothing. PAGE_SHOTS=FOLDER keeps screenshots."""
import base64
import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile
import time

from tally import finish, hold, skip

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TRANSALP = os.environ.get("TRANSALP", "transalp")
HOSTILE = "<img src=x onerror=hacked=1></script><script>hacked=1</script>"
SHOWN = "[...document.querySelectorAll('ol > li')].filter(li => li.checkVisibility()).length"
# The least contrast of any text with what is behind it (WCAG 2.2, 1.4.3).
CONTRAST = """(() => {
    const parse = text => text.match(/[0-9.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] !== 0) return c; } };
    return Math.min(...[...document.body.querySelectorAll('*')].filter(e => e.checkVisibility() && !e.closest('svg')).map(e => {
        const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))];
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }));
})()"""
TOO_WIDE = """[...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > %d && !e.closest('.wide, pre'))
    .map(e => e.outerHTML.slice(0, 80)).slice(0, 3).join('; ')"""


class Browser:
    """A page in headless Chromium; events are kept."""

    def __init__(self, program, profile):
        to_child, mine = os.pipe()
        back, to_me = os.pipe()
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                 f"--user-data-dir={profile}", "--remote-debugging-pipe", "about:blank"]
        script = f'exec "$@" 3<&{to_child} 4>&{to_me}'
        self.run = subprocess.Popen(["bash", "-c", script, "sh", program, *flags], pass_fds=(to_child, to_me),  # pylint: disable=R1732
                                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_child)
        os.close(to_me)
        self.into, self.out, self.rest = mine, back, b""
        self.number, self.session, self.events = 0, None, []

    def message(self):
        while b"\0" not in self.rest:
            if not select.select([self.out], [], [], 60)[0]:
                raise TimeoutError("the browser does not answer")
            more = os.read(self.out, 1 << 16)
            if not more:
                raise EOFError("the browser has ended")
            self.rest += more
        text, self.rest = self.rest.split(b"\0", 1)
        return json.loads(text)

    def ask(self, method, **params):
        self.number += 1
        wish = {"id": self.number, "method": method, "params": params}
        if self.session:
            wish["sessionId"] = self.session
        os.write(self.into, json.dumps(wish).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, file):
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(domain + ".enable")
        self.ask("Page.navigate", url=file.as_uri())
        until = time.monotonic() + 30
        while self.value("document.readyState") != "complete" and time.monotonic() < until:
            time.sleep(0.05)

    def value(self, expression):
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return answer["result"].get("value")

    def click(self, selector):
        self.value(f"document.querySelector('{selector}').scrollIntoView({{block: 'center'}})")
        x, y = self.value(f"(() => {{ const r = document.querySelector('{selector}').getBoundingClientRect();"
                          "return [r.x + r.width / 2, r.y + r.height / 2]; })()")
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        self.value("new Promise(done => setTimeout(done, 50))")

    def key(self, name, code):
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code)

    def look(self, scheme, width):
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=1400, deviceScaleFactor=1, mobile=width < 500)

    def shot(self, name):
        folder = os.environ.get("PAGE_SHOTS")
        if folder:
            data = self.ask("Page.captureScreenshot")["data"]
            (pathlib.Path(folder) / f"{name}.png").write_bytes(base64.b64decode(data))

    def faults(self):
        for event in self.events:
            if event["method"] in ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"):
                yield json.dumps(event["params"])[:300]
            if event["method"] == "Network.requestWillBeSent" and not event["params"]["request"]["url"].startswith("file:"):
                yield event["params"]["request"]["url"]

    def close(self):
        self.run.kill()
        self.run.wait()
        os.close(self.into)
        os.close(self.out)


def write_page(folder):
    hostile = folder / ("hostile" * 12 + ".csv")
    hostile.write_text(f'id,name,country\n1,"{HOSTILE}","{HOSTILE}"\n', encoding="utf-8")
    page = folder / "page.html"
    done = subprocess.run([TRANSALP, "check", "samples/members-messy.csv", str(hostile), "--schema", "member", "--report", f"html={page}",
                           "--report", f"json={folder / 'r.json'}", "--quiet"], cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    hold(done.returncode == 1, "exit", done.returncode)
    return page, json.loads((folder / "r.json").read_text(encoding="utf-8"))["findings"]


def hold_filter(browser, findings):
    count = len(findings)
    hold(browser.value(SHOWN) == count, "at first", browser.value(SHOWN), "of", count)
    browser.click("#text")
    browser.ask("Input.insertText", text="did you mean")
    guesses = sum("did you mean" in finding["message"] for finding in findings)
    hold(0 < guesses < count and browser.value(SHOWN) == guesses, "by words", browser.value(SHOWN), "of", guesses)
    hold(f"{guesses} of {count}" in browser.value("document.getElementById('told').textContent"), "the count is not told")
    browser.click("button[type=reset]")
    hold(browser.value(SHOWN) == count, "after a reset", browser.value(SHOWN))
    for field, key in (("level", "level"), ("code", "code"), ("file", "file")):
        wish = findings[-1][key]
        browser.value(f"(() => {{ const s = document.getElementById('{field}');"
                      f"s.selectedIndex = [...s.options].findIndex(o => o.text === {json.dumps(wish)});"
                      "s.dispatchEvent(new Event('input', {bubbles: true})); })()")
        wanted = sum(finding[key] == wish for finding in findings)
        hold(browser.value(SHOWN) == wanted, f"by {field}", browser.value(SHOWN), "of", wanted)
        browser.click("button[type=reset]")
    code = browser.value("document.querySelector('details').dataset.code")
    browser.click("summary")
    hold(browser.value(SHOWN) == count - sum(finding["code"] == code for finding in findings), "a group does not close by click")
    browser.click("summary")


def hold_looks(browser):
    for scheme in ("light", "dark"):
        for width in (390, 1100):
            browser.look(scheme, width)
            wide = browser.value("document.documentElement.scrollWidth")
            hold(wide <= width, f"{scheme}: {wide} wide on {width}:", browser.value(TOO_WIDE % width))
            contrast = browser.value(CONTRAST)
            hold(contrast and contrast >= 4.5, f"{scheme}: contrast {contrast}")
            browser.shot(f"{scheme}-{width}")


def hold_keyboard(browser):
    """Every control is reached with the tab key, and what has it is seen to."""
    browser.value("document.querySelector('.wide').focus()")
    reached = set()
    for _ in range(12):
        browser.key("Tab", 9)
        reached.add(browser.value("document.activeElement.id || document.activeElement.tagName"))
        outlined = browser.value("getComputedStyle(document.activeElement).outlineStyle !== 'none'")
        hold(outlined, "no outline on", browser.value("document.activeElement.outerHTML.slice(0, 80)"))
    hold({"text", "level", "code", "file", "BUTTON", "SUMMARY"} <= reached, "the keyboard reaches only", sorted(reached))


def hold_crossing(browser):
    """The table of countries and roles: every cell has its count, lines add up, the greatest is the darkest."""
    table = browser.value("""(() => {
        const table = [...document.querySelectorAll('.heat')].find(t => t.caption.textContent.endsWith('country and role'));
        return table && {heads: [...table.tHead.rows[0].cells].map(c => [c.scope, c.textContent]),
            lines: [...table.tBodies[0].rows].map(r => [r.cells[0].scope, r.cells[0].textContent,
                [...r.cells].slice(1).map(c => [+c.textContent, c.className])])}; })()""")
    hold(table, "no picture of countries and roles")
    if not table:
        return
    heads = [text for scope, text in table["heads"] if scope == "col"]
    hold(heads[0] == "country" and heads[-1] == "total" and "member" in heads, "heads", heads)
    cells = []
    for scope, country, counts in table["lines"]:
        hold(scope == "row" and len(counts) == len(heads) - 1, country, counts)
        hold(sum(count for count, _ in counts[:-1]) == counts[-1][0] > 0, country, "does not add up", counts)
        cells += counts[:-1]
    hold(all((count > 0) == style.startswith("tint-") for count, style in cells), "tints", cells)
    hold(max(cells)[1] == "tint-5" and [style for _, style in sorted(cells) if style != "dim"]
         == sorted(style for _, style in cells if style != "dim"), "the greater is not the darker", sorted(cells))


def hold_page(browser, folder):
    page, findings = write_page(folder)
    browser.open(page)
    hold_filter(browser, findings)
    hold_crossing(browser)
    hold_looks(browser)
    hold_keyboard(browser)
    hold(browser.value("typeof hacked") == "undefined" and browser.value("document.scripts.length") == 1, "what is in the data runs")
    faults = list(browser.faults())
    hold(not faults, "the console, or the network:", *faults)
    browser.value("document.body.append(Object.assign(document.createElement('script'), {textContent: 'hacked = 1'}))")
    hold(browser.value("typeof hacked") == "undefined", "the policy lets another script run")


def main():
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        skip("no Chromium here")
    with tempfile.TemporaryDirectory(prefix="transalp-page-", ignore_cleanup_errors=True) as folder:
        browser = Browser(program, pathlib.Path(folder) / "profile")
        try:
            hold_page(browser, pathlib.Path(folder))
        finally:
            browser.close()
    finish()


if __name__ == "__main__":
    main()
