/** Call `act` when Shift is pressed three times, five seconds between two presses at most.
    Only presses of Shift alone count: Shift that is held while something else is pressed is ordinary typing. */
function onThreeShifts(act) {
  let presses = 0;
  let last = 0;
  let alone = false;

  const reset = () => {
    presses = 0;
    alone = false;
  };
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || event.ctrlKey || event.altKey || event.metaKey) reset();
    else if (!event.repeat) alone = true;
  }, { capture: true });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    presses = event.timeStamp - last > 5000 ? 1 : presses + 1;
    last = event.timeStamp;
    if (presses === 3) act();
  }, { capture: true });
  addEventListener("pointerdown", reset, { capture: true });
  addEventListener("blur", reset);
}
