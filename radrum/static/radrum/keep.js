/* Nothing typed is lost, and nothing is sent twice.
 *
 * A form with data-keep (its key) and data-keep-url is saved by itself shortly after each pause in the typing. What
 * cannot be saved (no network, signed out) stays in this tab's session storage and is put back when the page is opened
 * again. Every sentence shown comes from the server in data-keep-* attributes, so that translation stays there.
 * Without this script everything still works; one then has to press the button.
 */
"use strict";

const PAUSE = 1500; // long enough not to send every word, short enough that a crash costs a sentence
const TOO_LARGE = 60000; // a browser refuses larger requests from a page that is closing
const STUCK = 20000; // after this, a request that never came through may be tried again
const SIGNED_OUT = [0, 401, 403]; // 0: a redirect, which leads to sign-in
const PREFIX = "radrum:";
const SECRET = ["csrfmiddlewaretoken", "author"]; // the server's own fields; never part of a draft
const who = document.body.dataset.who || "";
let silent = false; // true when one signs out or throws the text away: nothing is kept any more

/** The form's text as the server would get it; passwords, files and the server's own fields stay out. */
function contents(form) {
  const passwords = new Set([...form.querySelectorAll("input[type=password]")].map((input) => input.name));
  const pairs = [...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && !passwords.has(name) && !SECRET.includes(name),
  );
  return new URLSearchParams(pairs).toString();
}

/** The text without the version it rests on: a page that shows both versions of a text already has the new one. */
function apart(text) {
  const values = new URLSearchParams(text);
  values.delete("version");
  return values.toString();
}

/** Write a kept text back into the form. */
function fill(form, text) {
  const values = new URLSearchParams(text);
  for (const input of form.elements) {
    if (!input.name || SECRET.includes(input.name) || ["password", "file", "submit", "button"].includes(input.type)) continue;
    if (input.type === "checkbox" || input.type === "radio") input.checked = values.getAll(input.name).includes(input.value);
    else if ((input.type !== "hidden" || input.name === "version") && values.has(input.name)) input.value = values.get(input.name);
  }
}

/** Signing in again in another tab changes the token; the cookie has the one that counts now. */
function freshToken(form) {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  const input = form.elements.csrfmiddlewaretoken;
  if (cookie && input) input.value = cookie[1];
  return input ? input.value : "";
}

/* ---- Copies in this tab: {text, path, sent, opened}; one per person, organisation and form, so that nobody meets another's text ---- */

const copyOf = (key) => `${PREFIX}${who}:${key}`;
const copyName = (form) => copyOf(form.dataset.keep);

/** Session storage may be forbidden or full; then the server's drafts are all there is. */
function attempt(work, otherwise) {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
const readCopy = (name) => attempt(() => JSON.parse(sessionStorage.getItem(name)), null);
const dropCopy = (name) => attempt(() => sessionStorage.removeItem(name));
const writeCopy = (name, copy) => attempt(() => sessionStorage.setItem(name, JSON.stringify(copy)));
const copyNames = () => attempt(() => Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX)), []);

/**
 * A copy of something sent is dropped when the page it led to is here; everything else may still be needed. Where that
 * page has the same form again, the server says which sending arrived last.
 */
function settleCopies() {
  const from = document.referrer ? new URL(document.referrer).pathname : "";
  const refused = !who || document.querySelector(".rr-error");
  const forms = [...document.querySelectorAll("form[data-keep]:not([data-answer])")];
  const here = new Map(forms.map((form) => [copyName(form), form.dataset.arrived]));
  for (const name of copyNames()) {
    const copy = readCopy(name);
    if (!copy || !copy.sent) continue;
    const arrived = here.has(name) ? copy.opened && here.get(name) === copy.opened : from === copy.path;
    if (!refused && arrived) dropCopy(name);
    else writeCopy(name, { ...copy, sent: false });
  }
}

/* ---- Saving ---- */

class Keeper {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-keep-status]");
    this.saved = "answer" in form.dataset ? null : contents(form); // refused text is kept nowhere yet
    this.timer = 0;
    this.request = null;
    this.sending = false;
    this.putBack();
    if (this.saved === null) this.wait();
    form.addEventListener("input", () => this.wait());
    form.addEventListener("change", () => this.wait());
    form.addEventListener("submit", () => this.send());
    document.addEventListener("visibilitychange", () => this.save(document.visibilityState === "hidden"));
    window.addEventListener("pagehide", () => this.save(true));
    window.addEventListener("online", () => this.save());
    window.addEventListener("pageshow", (event) => event.persisted && (this.sending = silent = false));
  }

  say(text, trouble) {
    if (!this.status) return;
    this.status.toggleAttribute("data-trouble", Boolean(trouble));
    if (this.status.textContent !== text) this.status.textContent = text; // the same words twice would be read twice
  }

  putBack() {
    const copy = readCopy(copyName(this.form));
    if (!copy || copy.sent) return;
    if (apart(copy.text) === apart(contents(this.form))) return dropCopy(copyName(this.form));
    fill(this.form, copy.text);
    this.say(this.form.dataset.keepBack, true);
    this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  /** Send what has changed since the last time; `leaving` must survive the page. */
  async save(leaving = false) {
    clearTimeout(this.timer);
    const text = contents(this.form);
    if (silent || this.sending || text === this.saved) return;
    if (leaving) this.stay(text); // the next page may be here before the server has it
    if (this.request) this.request.abort();
    const request = (this.request = new AbortController());
    try {
      const answer = await fetch(this.form.dataset.keepUrl, {
        method: "POST",
        headers: { "X-CSRFToken": freshToken(this.form), "X-Requested-With": "fetch" },
        body: new URLSearchParams({ form: this.form.dataset.keep, data: text, opened: this.form.elements.author?.value || "" }),
        credentials: "same-origin",
        redirect: "manual",
        keepalive: leaving && text.length <= TOO_LARGE,
        signal: request.signal,
      });
      if (answer.ok) this.done(text, (await answer.json()).saved);
      else this.stay(text, SIGNED_OUT.includes(answer.status) ? this.form.dataset.keepOut : this.form.dataset.keepOffline);
    } catch (error) {
      if (error.name !== "AbortError") this.stay(text, this.form.dataset.keepOffline);
    }
  }

  done(text, time) {
    this.saved = text;
    dropCopy(copyName(this.form));
    const [hour, minute] = String(time).split(/[:.]/);
    this.say(this.form.dataset.keepSaved.replace("{hour}", hour).replace("{minute}", minute));
  }

  stay(text, why) {
    if (silent) return;
    writeCopy(copyName(this.form), { text, path: location.pathname, sent: false });
    if (why) this.say(why, true);
  }

  /** The button was pressed: stop saving, and keep a copy until a page shows that it arrived. */
  send() {
    clearTimeout(this.timer);
    if (this.request) this.request.abort();
    this.sending = true;
    setTimeout(() => (this.sending = false), STUCK);
    freshToken(this.form);
    const opened = this.form.elements.author?.value;
    writeCopy(copyName(this.form), { text: contents(this.form), path: location.pathname, sent: true, opened });
  }
}

/** A second press of the button before the answer is there changes nothing. */
function sendOnce(form) {
  const buttons = () => [...form.elements].filter((element) => element.type === "submit");
  const release = () => {
    delete form.dataset.sent;
    buttons().forEach((button) => (button.disabled = false));
  };
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => buttons().forEach((button) => (button.disabled = true))); // after the pressed button's value is taken
    setTimeout(release, STUCK);
  });
  window.addEventListener("pageshow", (event) => event.persisted && release());
}

/** Signing out leaves nothing behind in the tab. */
function fallSilent() {
  keepers.forEach((keeper) => keeper.save(true));
  silent = true;
  copyNames().forEach(dropCopy);
}

/** One form's text is thrown away; what stands in another is kept as ever. */
function throwAway(key) {
  keepers.filter((keeper) => keeper.form.dataset.keep !== key).forEach((keeper) => keeper.save(true));
  silent = true;
  dropCopy(copyOf(key));
}

settleCopies();
document.querySelectorAll("form[method=post]").forEach(sendOnce);
const keepers = [...document.querySelectorAll("form[data-keep]")].map((form) => new Keeper(form));
document.querySelectorAll("form[data-sign-out]").forEach((form) => form.addEventListener("submit", fallSilent));
document.querySelectorAll("form[data-discard]").forEach((form) => form.addEventListener("submit", () => throwAway(form.elements.form.value)));
