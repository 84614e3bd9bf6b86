// The buttons of "Try the ledger". A website does not need this file.

const form = document.querySelector("form[data-lead-project]");
const LAST = "sample.last-email";

function fill(email) {
  form.elements.name.value = "Ada Lovelace";
  form.elements.email.value = email;
  form.elements.company.value = "Analytical Engines";
  form.elements.message.value =
    "We have a warehouse with a flat roof and would like to know what it can earn.";
  form.elements.consent.checked = true;
}

function newAddress() {
  const email = `ada-${Date.now().toString(36)}@sample-visitor.dev`;
  sessionStorage.setItem(LAST, email);
  return email;
}

const tries = {
  person: () => fill(newAddress()),
  again: () => fill(sessionStorage.getItem(LAST) ?? newAddress()),
  test: () => fill("ada@example.com"),
  bot() {
    fill(newAddress());
    form.elements.lead_hp.value = "https://cheap-links.dev";
    form.elements.email.dispatchEvent(new Event("input", { bubbles: true }));
    form.requestSubmit();
  },
};

for (const button of document.querySelectorAll("[data-try]")) {
  button.addEventListener("click", () => {
    tries[button.dataset.try]();
    form.querySelector("button").focus();
  });
}
for (const place of document.querySelectorAll("[data-origin]")) place.textContent = location.origin;
