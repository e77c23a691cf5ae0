"""A person with a keyboard and no mouse: goes from control to control, and must always see where they are."""

from playwright.sync_api import Page

MOST = 400  # presses of Tab before we say that something cannot be reached

# Whether the focused control, its label or its frame is outlined in a colour one can see, inside the window.
# The button inside a date field is outlined by the browser itself, and so is what has the style `auto`.
SEEN = """() => {
  const element = document.activeElement;
  if (!element || element === document.body || element.tabIndex < 0 || !element.matches(":focus")) return "";
  const frame = element.closest(".ds-field, summary, li");
  const clear = (colour) => /^rgba\\(.*, 0\\)$|^transparent$/.test(colour);
  const outlined = [element, ...(element.labels || []), frame].filter(Boolean).some((one) => {
    const style = getComputedStyle(one);
    const thick = style.outlineStyle === "auto" || parseFloat(style.outlineWidth) >= 2;
    return style.outlineStyle !== "none" && thick && !clear(style.outlineColor);
  });
  const box = element.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const name = element.name || element.href || element.textContent.trim().slice(0, 40);
  if (!outlined) return `${element.tagName} ${name}: no outline`;
  return inside ? "" : `${element.tagName} ${name}: outside the window`;
}"""


class Keyboard:
    """Tab, Shift-Tab, Enter, Space, arrows and letters; nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.unseen: list[str] = []

    def press(self, *keys: str) -> None:
        """Press keys one after another; after each the focus must be seen."""
        for key in keys:
            self.page.keyboard.press(key)
            if problem := self.page.evaluate(SEEN):
                self.unseen.append(f"{self.page.url} {problem}")

    def at(self, selector: str) -> bool:
        """Whether the focus is on what the selector describes."""
        return bool(self.page.evaluate("(s) => document.activeElement.matches(s)", selector))

    def to(self, selector: str, *, back: bool = False) -> None:
        """Go there with Tab, or with Shift-Tab."""
        for _press in range(MOST):
            if self.at(selector):
                return
            self.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"{selector} on {self.page.url} cannot be reached with the keyboard")

    def write(self, selector: str, text: str) -> None:
        """Go to a field and type, instead of what stands there."""
        self.to(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def follow(self, selector: str, *, back: bool = False, key: str = "Enter") -> None:
        """Go to a link or a button, press it, and wait for the page it leads to."""
        self.to(selector, back=back)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def sign_in(self, email: str, password: str) -> None:
        """Through the real page, from wherever one is."""
        self.follow("a[href^='/account/login/']")
        self.write("[name=login]", email)
        self.write("[name=password]", password)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def sign_out(self) -> None:
        """From wherever one is."""
        self.page.goto("/room/")
        self.follow("form[data-sign-out] button")
