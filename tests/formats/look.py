#!/usr/bin/env python3
"""look.py [--keep FOLDER] FILE... - look at pages in headless Chromium, as a person with a phone or a desk would.

Each page at 390 and 1280 pixels, light and dark: nothing is wider than the window, every text has a contrast of 4.5
to what it stands on (WCAG 2, AA), nothing is asked for outside of the page.  With --keep the pictures and a PDF
stay in FOLDER.  Exits with 77 (skipped) where there is no Chromium.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

MEASURE = """
(() => {
  const rgb = c => { const m = c.match(/[\\d.]+/g).map(Number); return m.length > 3 ? m : [...m, 1]; };
  const over = (a, b) => a.slice(0, 3).map((v, i) => v * a[3] + b[i] * (1 - a[3])).concat(1);
  const lum = c => { const f = c.slice(0, 3).map(v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * f[0] + 0.7152 * f[1] + 0.0722 * f[2]; };
  const behind = e => { let layers = []; for (let n = e; n; n = n.parentElement) { layers.push(rgb(getComputedStyle(n).backgroundColor)); }
    let c = [255, 255, 255, 1]; for (const l of layers.reverse()) c = over(l, c); return c; };
  const found = { texts: 0, low: [], wide: [], scroll: document.documentElement.scrollWidth - window.innerWidth };
  for (const e of document.body.querySelectorAll("*")) {
    const box = e.getBoundingClientRect();
    if (box.width > 0 && (box.right > window.innerWidth + 0.5 || box.left < -0.5)) found.wide.push(e.tagName + "." + e.className);
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim() !== "")) continue;
    found.texts++;
    const back = behind(e), ink = over(rgb(getComputedStyle(e).color), back);
    const [a, b] = [lum(ink), lum(back)].sort((x, y) => y - x), ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) found.low.push(e.tagName + "." + e.className + " " + ratio.toFixed(2));
  }
  document.title = "MEASURED" + JSON.stringify(found) + "MEASURED";
})();
"""


def chromium():
    for name in ["chromium", "chromium-browser", "google-chrome"]:
        if shutil.which(name):
            return shutil.which(name)
    return None


def run(profile, scheme, width, height, *arguments):
    command = [chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={profile}",
               "--disable-background-networking", "--virtual-time-budget=2000", f"--window-size={width},{height}",
               f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120).stdout


def measure(folder, page, scheme, width):
    """What the page measures in a frame of that width, since a window of Chromium has a least width."""
    text = open(page, encoding="utf-8").read()
    start = text.index('<meta http-equiv="Content-Security-Policy"')
    text = text[:start] + text[text.index(">", start) + 1:]  # it forbids the script that measures
    assert "http-equiv" not in text and "<script" not in text and " src=" not in text and "@import" not in text
    inner = os.path.join(folder, "inner.html")
    with open(inner, "w", encoding="utf-8") as file:
        file.write(text.replace("</body>", f"<script>{MEASURE};parent.postMessage(document.title, '*')</script></body>"))
    outer = os.path.join(folder, "outer.html")
    with open(outer, "w", encoding="utf-8") as file:
        file.write(f"<!DOCTYPE html><script>onmessage = e => {{ document.title = e.data; }}</script>"
                   f'<iframe src="inner.html" width="{width}" height="3000" style="border:0"></iframe>')
    dom = run(os.path.join(folder, "profile"), scheme, 1400, 3200, "--allow-file-access-from-files", "--dump-dom", "file://" + outer)
    if "MEASURED" not in dom:
        return None
    return json.loads(dom.split("MEASURED")[1].replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))


def picture(folder, page, scheme, width, out):
    outer = os.path.join(folder, "frame.html")
    with open(outer, "w", encoding="utf-8") as file:
        file.write(f'<!DOCTYPE html><body style="margin:0"><iframe src="file://{page}" width="{width}" height="2400" style="border:0;display:block"></iframe>')
    run(os.path.join(folder, "profile"), scheme, max(width, 500), 2400, f"--screenshot={out}", "--allow-file-access-from-files", "file://" + outer)


def main():
    arguments = sys.argv[1:]
    keep = None
    if arguments[0] == "--keep":
        keep = arguments[1]
        arguments = arguments[2:]
    if chromium() is None:
        print("skipped: no chromium")
        sys.exit(77)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for page in map(os.path.realpath, arguments):
            name = os.path.splitext(os.path.basename(page))[0]
            for width in [390, 1280]:
                for scheme in ["light", "dark"]:
                    found = measure(folder, page, scheme, width)
                    fault = found is None or found["texts"] == 0 or found["low"] or found["wide"] or found["scroll"] > 0
                    bad += bool(fault)
                    print(f"{name} {width} {scheme}: {found if fault else str(found['texts']) + ' texts'}")
                    if keep:
                        picture(folder, page, scheme, width, f"{keep}/{name}-{width}-{scheme}.png")
            if keep:
                run(os.path.join(folder, "profile"), "light", 1280, 1600, f"--print-to-pdf={keep}/{name}.pdf", "--no-pdf-header-footer", "file://" + page)
    sys.exit(1 if bad else 0)


main()
