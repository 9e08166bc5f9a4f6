// For comfort: all there is works without it.
document.querySelectorAll("form.search textarea").forEach(box =>
  box.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
    event.preventDefault()
    box.form.requestSubmit()
  }))

document.querySelectorAll("details.copy").forEach(details => {
  const button = document.createElement("button")
  button.type = "button"
  button.textContent = "Copy"
  button.addEventListener("click", () =>
    navigator.clipboard.writeText(details.querySelector("pre").textContent)
      .then(() => { button.textContent = "Copied" }, () => { button.textContent = "Select and copy it" }))
  details.append(button)
})

const zone = document.querySelector("form.zone input[name=tz]")
const own = Intl.DateTimeFormat().resolvedOptions().timeZone
if (zone && own && zone.value !== own) {
  const button = document.createElement("button")
  button.type = "button"
  button.textContent = "Use " + own
  button.addEventListener("click", () => { zone.value = own; zone.form.requestSubmit() })
  zone.form.append(button)
}
