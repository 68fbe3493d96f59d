"""What of a page stands in another language than the page's own."""

import re

# What a reader sees in `main`, text by text. What people wrote (bdi), codes, numbers of labels and signed contents (code, pre) and what is marked
# as English are in no language of the page; a picture says the same in its caption.
VISIBLE = """
() => {
  for (const part of document.querySelectorAll('main details')) part.open = true;
  const apart = '[lang=en], bdi, code, pre, script, style, title, desc, textarea, [data-value]';
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest(apart) || !(parent.checkVisibility() || parent.tagName === 'OPTION')) continue;
    const text = walker.currentNode.textContent.replace(/\\s+/g, ' ').trim();
    if (text) texts.push(text);
  }
  return texts;
}
"""
# Words in a row, as a sentence has them; abbreviations and names are no sentence.
ROW = re.compile(r"[A-Za-z][A-Za-z’'-]+(?:,? [A-Za-z][A-Za-z’'-]+){2,}")
# A word alone, as a label or the name of a thing has it; in a text with Chinese around it, it is a name or a code.
WORD = re.compile(r"(?<![\w@/.-])[A-Za-z]?[a-z]{3,}(?![\w@/.-])")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Names that are the same in Chinese: of the software, and of the places where the clocks of sites are.
KEPT = {"Tandem", "Asia", "Shanghai"}
# Names of sites and of the contact, as the study's files and its people wrote them.
WRITTEN = ("Riverside University Hospital (SYNTHETIC)", "Lindenhof University Hospital (SYNTHETIC)", "Yajing Zhang")


def is_left(text):
    """Whether a text is of English words alone: nobody translated it."""
    return not CHINESE.search(text) and any(word not in KEPT for word in WORD.findall(text))


def english(page, names=()):
    """Texts of a Chinese page that are of English words alone, or have three in a row, two of them plain ones; without the proper names
    that are known."""
    found = []
    for text in page.evaluate(VISIBLE):
        rest = text
        for name in (*names, *WRITTEN):
            rest = rest.replace(name, "·")
        if is_left(rest) or any(sum(word.islower() for word in re.findall(r"[A-Za-z-]+", row)) >= 2 for row in ROW.findall(rest)):
            found.append(text)
    return found
