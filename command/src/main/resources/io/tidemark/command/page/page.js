// Words of a batch beside the pointer; with the keyboard: left, right, home, end, escape.
(function () {
  var svg = document.querySelector('.line svg');
  if (!svg) return;
  var box = svg.closest('.line');
  var scroll = svg.closest('.scroll');
  var columns = [].slice.call(svg.querySelectorAll('.hover'));
  var ends = columns.map(function (c) { return +c.getAttribute('x') + +c.getAttribute('width'); });
  var words = columns.map(function (c) { return c.removeChild(c.firstChild).textContent.split('\n'); });
  var tip = box.appendChild(document.createElement('div'));
  var shown = -1;
  tip.className = 'tip';
  tip.setAttribute('role', 'status');
  // The newest batches first; the names of the panels stay in sight.
  var names = [].slice.call(svg.querySelectorAll('.panel'));
  scroll.addEventListener('scroll', function () {
    var moved = scroll.scrollLeft * svg.viewBox.baseVal.width / svg.getBoundingClientRect().width;
    names.forEach(function (name) { name.setAttribute('transform', 'translate(' + moved + ')'); });
  });
  scroll.scrollLeft = scroll.scrollWidth;

  function hide() {
    if (shown >= 0) columns[shown].classList.remove('on');
    shown = -1;
    tip.style.display = 'none';
  }

  function show(i) {
    if (i === shown) return;
    hide();
    shown = i;
    columns[i].classList.add('on');
    tip.textContent = '';
    words[i].forEach(function (line, n) {
      tip.appendChild(document.createElement(n ? 'div' : 'b')).textContent = line;
    });
    tip.style.display = 'block';
    var column = columns[i].getBoundingClientRect();
    var around = box.getBoundingClientRect();
    var x = column.right - around.left;
    var beside = x < around.width / 2 ? x + 10 : x - column.width - 10 - tip.offsetWidth;
    tip.style.left = Math.max(0, Math.min(beside, around.width - tip.offsetWidth)) + 'px';
  }

  function at(event) {
    var drawn = svg.getBoundingClientRect();
    var x = (event.clientX - drawn.left) / drawn.width * svg.viewBox.baseVal.width;
    var i = ends.findIndex(function (end) { return end >= x; });
    if (i < 0) i = ends.length - 1;
    if (i > 0 && x - ends[i - 1] < ends[i] - x && x < +columns[i].getAttribute('x')) i--;
    show(i);
  }

  svg.addEventListener('pointermove', at);
  svg.addEventListener('pointerdown', at);
  svg.addEventListener('pointerleave', function (e) { if (e.pointerType === 'mouse') hide(); });
  svg.addEventListener('blur', hide);
  svg.addEventListener('keydown', function (e) {
    var last = columns.length - 1;
    var from = shown < 0 ? last + 1 : shown;
    var to = { ArrowLeft: Math.max(0, from - 1), ArrowRight: Math.min(last, from + 1), Home: 0, End: last }[e.key];
    if (e.key === 'Escape') hide();
    if (to === undefined) return;
    e.preventDefault();
    show(to);
    columns[to].scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
})();
