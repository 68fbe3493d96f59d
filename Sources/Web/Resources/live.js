// Whether the page is connected and shows the study as it stands. Words come from the page (data attributes), never from here.

const main = document.querySelector("main");
const bar = document.querySelector("#connection");
const say = document.body.dataset;

// Without a sign of life for so long the page counts as without a connection: a server that hangs closes nothing.
const silence = 25_000;
const standing = { ended: false, offline: false, changed: false };

// Answers of this reader that wait in this tab for a form that they have left; its own page tells them at the items.
function unsent() {
  if (!say.reader || document.querySelector("form[data-items]")) return null;
  const start = `unsent ${say.reader} `;
  const kept = Object.entries(sessionStorage).filter(([key]) => key.startsWith(start))
    .map(([key, answers]) => ({ path: key.slice(start.length), count: Object.keys(JSON.parse(answers)).length }));
  const count = kept.reduce((sum, form) => sum + form.count, 0);
  return count > 0 ? { text: say.unsent.replace("{count}", count), path: kept[0].path } : null;
}

// What is wrong stands above everything else, and stays there.
function tell() {
  document.documentElement.toggleAttribute("data-offline", standing.offline || standing.ended);
  for (const button of main.querySelectorAll("button[data-needs-connection]")) {
    button.disabled = standing.offline || standing.ended;
  }
  const waiting = unsent();
  const [text, title, act] = standing.ended ? [say.ended, say.signIn, () => location.reload()]
    : standing.offline ? [say.offline]
      : standing.changed ? [say.changed, say.show, () => refresh(true)]
        : waiting ? [waiting.text, say.open, () => location.assign(waiting.path)] : [""];
  if (bar.dataset.says === text) return;
  bar.dataset.says = text;
  const sentence = document.createElement("span");
  sentence.textContent = text;
  bar.replaceChildren(...(text ? [sentence] : []));
  if (!title) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "second";
  button.textContent = title;
  button.addEventListener("click", act);
  bar.append(button);
}

function set(name, value) {
  standing[name] = value;
  tell();
}
// A form that could not be sent, or whose session has ended, says so.
document.addEventListener("tandem:lost", () => set("offline", true));
document.addEventListener("tandem:found", () => set("offline", false));
document.addEventListener("tandem:ended", () => set("ended", true));

// MARK: fetching anew

const touched = new Set();
main.addEventListener("input", (event) => touched.add(event.target.closest("form") ?? event.target));

// Whether somebody is at work in a part of the page: in a form that they have touched, or in a field.
function holdsWork(part) {
  const active = document.activeElement;
  return [...touched].some((form) => form.isConnected && part.contains(form))
    || part.contains(active) && active.matches("input, select, textarea");
}

// What a reader has opened stays open.
function keepOpened(shown, next) {
  const name = (details) => details.id || details.querySelector("summary")?.textContent;
  const all = (root) => [...(root.matches("details") ? [root] : []), ...root.querySelectorAll("details")];
  const rest = all(next);
  for (const details of all(shown)) {
    const place = rest.findIndex((other) => name(other) === name(details));
    if (place < 0) continue;
    rest.splice(place, 1)[0].toggleAttribute("open", details.open);
  }
}

// Brings a part up to date, but for what somebody works in.
//
// Returns whether all of it is shown as it now is.
function merge(shown, next) {
  if (shown.isEqualNode(next)) return true;
  if (!holdsWork(shown)) {
    shown.replaceWith(next);
    return true;
  }
  const [old, fresh] = [[...shown.children], [...next.children]];
  const isAlike = !touched.has(shown) && old.length > 0 && old.length === fresh.length
    && old.every((child, place) => child.tagName === fresh[place].tagName);
  if (!isAlike) return false;
  return old.map((child, place) => merge(child, fresh[place])).every(Boolean);
}

function describe(element) {
  return `${element.tagName} ${element.id} ${element.getAttribute("href") ?? ""} ${element.textContent.slice(0, 80)}`;
}

function show(next, isForced) {
  document.dispatchEvent(new CustomEvent("tandem:fetched", { detail: next }));
  const focus = main.contains(document.activeElement) && document.activeElement !== main
    ? describe(document.activeElement) : null;
  if (isForced) touched.clear();
  else keepOpened(main, next);
  let isWhole = true;
  if (isForced || !holdsWork(main)) {
    const [old, fresh] = [[...main.children], [...next.children]];
    const isAlike = old.length === fresh.length && !isForced;
    if (isAlike) old.forEach((child, place) => { if (!child.isEqualNode(fresh[place])) child.replaceWith(fresh[place]); });
    else main.replaceChildren(...next.childNodes);
  } else {
    isWhole = merge(main, next);
  }
  set("changed", !isWhole);
  if (focus && !main.contains(document.activeElement)) {
    [...main.querySelectorAll("a, button, summary")].find((element) => describe(element) === focus)?.focus();
  }
}

const pause = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });
let isFetching = false;
let isAskedAgain = false;

// What the page asks by itself keeps no session alive.
const unasked = { "X-Unasked": "1" };

// Fetches the page anew. One at a time, and not more often than every other second: a form filled in elsewhere is many events.
async function refresh(isForced = false) {
  if (isFetching) {
    isAskedAgain = true;
    return;
  }
  isFetching = true;
  do {
    isAskedAgain = false;
    try {
      const answer = await fetch(location.href, {
        headers: { Accept: "text/html", ...(isForced ? {} : unasked) }, signal: AbortSignal.timeout(20_000),
      });
      if (answer.status === 429) {
        // Too often is a matter of waiting, not of what is shown.
        await pause(Number(answer.headers.get("Retry-After")) || 10);
        isAskedAgain = true;
      } else if (answer.redirected) {
        set("ended", true);
      } else if (!answer.ok) {
        set("changed", true);
      } else {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        show(page.querySelector("main"), isForced);
        isForced = false;
      }
    } catch {
      // The feed says whether there is a connection.
      set("changed", true);
    }
    await pause(2);
  } while (isAskedAgain && !standing.ended);
  isFetching = false;
}

// MARK: the feed of changes

let known = null;
let last = null;
let heard = Date.now();

// Whether events are about what the page shows: all of them, or those of one participant.
function concerns(about) {
  return about.includes("*") || (main.dataset.about ? about.includes(main.dataset.about) : about.length > 0);
}

function hear(kind, data) {
  if (kind === "lost" || kind === "ended") return set(kind === "lost" ? "offline" : "ended", true);
  heard = Date.now();
  if (standing.offline) set("offline", false);
  if (kind === "here") return document.dispatchEvent(new CustomEvent("tandem:time", { detail: Number(data) }));
  const [position, ...about] = data.split(" ");
  last = position;
  if (known !== null && known !== position && concerns(about)) refresh();
  known = position;
}

// One stream for all tabs of the browser, of whichever shown tab holds the lock; a tab that is hidden asks for nothing.
function watch(path) {
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(`tandem ${path}`) : null;
  let letGo = null;
  let waiting = null;

  function pass(kind, data) {
    hear(kind, data);
    channel?.postMessage({ kind, data });
  }

  function lead() {
    return new Promise((resolve) => {
      let source = null;
      let timer = null;
      const open = () => {
        source = new EventSource(path);
        for (const kind of ["position", "here", "ended"]) {
          source.addEventListener(kind, (event) => {
            if (kind === "ended") source.close();
            pass(kind, event.data);
          });
        }
        source.addEventListener("error", async () => {
          if (standing.ended) return;
          pass("lost");
          if (source.readyState !== EventSource.CLOSED) return;
          // It was refused, and will not try again by itself: a session that has ended leads elsewhere.
          const answer = await fetch("/account", { headers: unasked, redirect: "manual" }).catch(() => null);
          if (answer?.type === "opaqueredirect") pass("ended");
          else timer = setTimeout(open, 10_000);
        });
      };
      open();
      letGo = () => {
        clearTimeout(timer);
        source.close();
        letGo = null;
        resolve();
      };
    });
  }

  function begin() {
    if (waiting || letGo) return;
    // What was heard before the tab was hidden is old.
    heard = Date.now() - silence / 2;
    if (!channel || !navigator.locks) return void lead();
    waiting = new AbortController();
    navigator.locks.request(`tandem ${path}`, { signal: waiting.signal }, lead).catch(() => {});
    channel.postMessage({ kind: "ask" });
  }

  function rest() {
    waiting?.abort();
    waiting = null;
    letGo?.();
  }

  channel?.addEventListener("message", ({ data: { kind, data } }) => {
    if (kind !== "ask") hear(kind, data);
    else if (letGo && last !== null) channel.postMessage({ kind: "position", data: `${last} *` });
  });
  const follow = () => (document.visibilityState === "hidden" ? rest() : begin());
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", rest);
  addEventListener("pageshow", (event) => { if (event.persisted) follow(); });
  setInterval(() => {
    if (document.visibilityState !== "hidden" && Date.now() - heard > silence && !standing.offline) set("offline", true);
  }, 2_000);
  follow();
}

// Time that has run out while the page is shown: no event of the study tells it. What the server counts by the minute follows.
document.addEventListener("tandem:over", () => {
  if (!main?.dataset.live) return;
  refresh();
  setTimeout(refresh, 60_000);
});

if (main?.dataset.live) watch(main.dataset.live);
if (bar) tell();
