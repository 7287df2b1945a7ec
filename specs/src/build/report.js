// Finds rules by words and by evidence; everything else on the page works without it.
(() => {
  const form = document.getElementById('filter');
  const words = document.getElementById('words');
  const chips = [...form.querySelectorAll('input[type=checkbox]')];
  const found = document.getElementById('found');
  const blocks = [...document.querySelectorAll('details.operation, details.common')].map(element => {
    const title = element.querySelector('summary').textContent.toLowerCase();
    const rules = [...element.querySelectorAll('li.rule')].map(rule => (
        {rule, text: title + ' ' + rule.textContent.toLowerCase()}));
    const asides = element.querySelectorAll('table.interactions');
    return {element, rules, asides};
  });
  const choices = [...document.querySelectorAll('details.choices')];

  function apply() {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(word => word);
    const kinds = chips.filter(chip => chip.checked).map(chip => chip.value);
    const filtering = wanted.length > 0 || kinds.length > 0;
    let count = 0;
    for (const {element, rules, asides} of blocks) {
      let shown = 0;
      for (const {rule, text} of rules) {
        const fits = wanted.every(word => text.includes(word))
            && (kinds.length === 0 || kinds.includes(rule.dataset.evidence));
        rule.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      element.hidden = shown === 0;
      element.open = filtering && shown > 0;
      asides.forEach(aside => { aside.hidden = filtering; });
      count += shown;
    }
    choices.forEach(choice => { choice.hidden = filtering; });
    found.value = filtering ? count + (count === 1 ? ' rule' : ' rules') : '';
  }

  /** What a link points to may be folded or filtered away. */
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) {
      return;
    }
    if (target.closest('[hidden]')) {
      form.reset();
      apply();
    }
    for (let element = target; element; element = element.parentElement) {
      if (element.tagName === 'DETAILS') {
        element.open = true;
      }
    }
    target.scrollIntoView();
  }

  function fold(open) {
    blocks.forEach(({element}) => { element.open = open; });
    choices.forEach(choice => { choice.open = open; });
  }

  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', event => event.preventDefault());
  document.getElementById('open').addEventListener('click', () => fold(true));
  document.getElementById('close').addEventListener('click', () => fold(false));
  window.addEventListener('hashchange', reveal);
  reveal();
})();
