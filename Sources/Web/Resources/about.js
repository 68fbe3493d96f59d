// The self-check of the public page: which questions belong to an illness, and which points to talk about. It asks nothing of the server and
// keeps nothing: no request, no storage, no address. What was ticked is gone with the page.

const check = document.querySelector("[data-check]");

function answerTo(question) { return question.querySelector("input:checked")?.value; }

function show() {
  const illness = check.querySelector("[name=check-illness]:checked")?.value;
  let points = 0;
  for (const question of check.querySelectorAll("[data-question]")) {
    const illnesses = question.dataset.illness.split(" ").filter(Boolean);
    question.hidden = illnesses.length > 0 && !illnesses.includes(illness);
    const answer = question.hidden ? undefined : answerTo(question);
    const point = check.querySelector(`[data-point="${CSS.escape(question.dataset.question)}"]`);
    point.hidden = answer === undefined || answer === question.dataset.speaks;
    if (!point.hidden) points += 1;
  }
  check.querySelector("[data-points]").hidden = points === 0;
}

function clear() {
  for (const input of check.querySelectorAll("input:checked")) input.checked = false;
  show();
}

if (check) {
  const button = check.querySelector("[data-clear]");
  button.hidden = false;
  button.addEventListener("click", clear);
  check.addEventListener("change", show);
  // Who comes back to the page, or takes the same computer afterwards, finds no answers of somebody else.
  addEventListener("pageshow", clear);
  clear();
}
