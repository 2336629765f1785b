'use strict';
(() => {
  const field = document.getElementById('token');
  const state = document.getElementById('state');
  // The token lives as long as the tab, and a link may bring it behind the '#', which no server sees.
  const kept = 'gamemetrics.token';
  const brought = new URLSearchParams(location.hash.slice(1)).get('token');
  if (brought) {
    sessionStorage.setItem(kept, brought);
    history.replaceState(null, '', location.pathname);
  }
  field.value = sessionStorage.getItem(kept) || '';

  const ask = async (query) => {
    const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
    if (field.value) {
      headers.Authorization = 'Bearer ' + field.value.trim();
    }
    const answer = await fetch('graphql', { method: 'POST', headers, body: JSON.stringify(query) });
    state.textContent = answer.status === 401 ? 'Not signed in: enter a token.' : '';
    return answer.json();
  };

  const example = [
    '# Ctrl-Enter asks. Money is in millionths, in strings.',
    '{',
    '  game(id: "intendo") {',
    '    freshness { position openDay }',
    '    summary(from: "2015-01-01", to: "2015-12-31") {',
    '      players sessions payers revenue { totalMicros }',
    '    }',
    '  }',
    '}',
    ''
  ].join('\n');

  const root = ReactDOM.createRoot(document.getElementById('graphiql'));
  let shown = 0;
  // A new key makes the editor read the schema again with the new token.
  const show = () => root.render(React.createElement(GraphiQL, {
    key: ++shown, fetcher: ask, defaultQuery: example, isHeadersEditorEnabled: false
  }));
  field.addEventListener('change', () => {
    sessionStorage.setItem(kept, field.value.trim());
    show();
  });
  show();
})();
