// Tables become sortable by their headings. Without scripts they stay as they were written.
(function () {
  const numberOf = text => {
    const cleaned = text.replace(/[,†*]/g, '').replace(/^\u003c\s*/, '').trim();
    const number = parseFloat(cleaned);
    return Number.isNaN(number) ? null : number;
  };
  const textOf = (row, column) => row.cells[column] ? row.cells[column].textContent.trim() : '';
  const compare = (one, two) => {
    const left = numberOf(one), right = numberOf(two);
    if (left === null || right === null)
      return left !== null ? -1 : right !== null ? 1 : one.localeCompare(two);
    return left - right;
  };
  const sort = (table, heading, column) => {
    const rows = Array.from(table.tBodies[0].rows);
    const numeric = rows.some(row => numberOf(textOf(row, column)) !== null);
    const before = heading.getAttribute('aria-sort');
    const ascending = before ? before === 'descending' : !numeric;
    const known = row => numeric ? numberOf(textOf(row, column)) !== null : textOf(row, column) !== '';
    // What is not known stays at the end in both directions.
    const ends = rows.filter(row => !known(row));
    const sorted = rows.filter(known).sort((a, b) => compare(textOf(a, column), textOf(b, column)) * (ascending ? 1 : -1));
    sorted.concat(ends).forEach(row => table.tBodies[0].appendChild(row));
    Array.from(heading.parentNode.cells).forEach(cell => cell.removeAttribute('aria-sort'));
    heading.setAttribute('aria-sort', ascending ? 'ascending' : 'descending');
  };
  document.querySelectorAll('table').forEach(table => {
    if (!table.tHead || table.tBodies.length === 0 || table.tBodies[0].rows.length === 1)
      return;
    Array.from(table.tHead.rows[0].cells).forEach((heading, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      while (heading.firstChild)
        button.appendChild(heading.firstChild);
      heading.appendChild(button);
      button.addEventListener('click', () => sort(table, heading, column));
    });
  });
}());
