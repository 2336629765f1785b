'use strict';
(() => {
  const form = document.getElementById('sign-in');
  const field = document.getElementById('token');
  const state = document.getElementById('state');
  const root = ReactDOM.createRoot(document.getElementById('graphiql'));

  // The token lives as long as the tab, and a link may bring it behind the '#', which no server sees.
  const kept = 'gamemetrics.token';
  const brought = new URLSearchParams(location.hash.slice(1)).get('token');
  if (brought) {
    sessionStorage.setItem(kept, brought);
    history.replaceState(null, '', location.pathname);
  }
  field.value = sessionStorage.getItem(kept) || '';

  const say = (sentence, refused) => {
    state.textContent = sentence;
    state.classList.toggle('refused', Boolean(refused));
  };

  const post = async (query, accept, signal) => {
    const headers = { 'Content-Type': 'application/json', Accept: accept };
    if (field.value) {
      headers.Authorization = 'Bearer ' + field.value.trim();
    }
    const answer = await fetch('graphql', { method: 'POST', headers, body: JSON.stringify(query), signal });
    if (answer.status === 401) {
      say(field.value ? 'This token is not valid.' : 'Not signed in: enter a token.', true);
    } else {
      say(answer.ok ? 'Signed in.' : '');
    }
    return answer;
  };

  // Results of a subscription, as server-sent events bring them.
  async function* follow(query) {
    const ending = new AbortController();
    try {
      const answer = await post(query, 'text/event-stream', ending.signal);
      if (!answer.ok) {
        yield await answer.json();
        return;
      }
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        text += part.value;
        const events = text.split('\n\n');
        text = events.pop();
        for (const event of events) {
          const name = /^event:\s*(.*)$/m.exec(event);
          const data = /^data:\s*(.+)$/m.exec(event);
          if (name && name[1] === 'complete') {
            return;
          }
          if (name && data) {
            yield JSON.parse(data[1]);
          }
        }
      }
    } finally {
      ending.abort();
    }
  }

  // By the text: the editor hands its own reading of it on a moment late.
  const isSubscription = (query) => {
    const bare = query.query.replace(/#.*|"""[^]*?"""|"(\\.|[^"\\])*"/g, '');
    const name = query.operationName ? '\\s+' + query.operationName + '\\b' : '\\b';
    return new RegExp('(^|})\\s*subscription' + name).test(bare);
  };

  const fetcher = (query) =>
    isSubscription(query) ? follow(query) : post(query, 'application/json').then((answer) => answer.json());

  const example = [
    '# Ctrl-Enter asks. Money is in millionths.',
    '{',
    '  game(id: "intendo") {',
    '    freshness { position openDay }',
    '    summary(from: "2015-01-01", to: "2015-12-31") {',
    '      players sessions payers',
    '      revenue { totalMicros }',
    '    }',
    '  }',
    '}',
    ''
  ].join('\n');

  let shown = 0;
  // A new key makes the editor read the schema again with the new token; without a token there is none to read.
  const show = () => root.render(React.createElement(GraphiQL, {
    key: ++shown, fetcher, defaultQuery: example, isHeadersEditorEnabled: false,
    ...(field.value ? {} : { schema: null })
  }));

  const editor = () => document.querySelector('.graphiql-query-editor .CodeMirror');
  // The new editor takes the place of the old one a moment later.
  const focusEditor = (tries, old) => {
    const found = editor();
    if (found && found !== old) {
      found.CodeMirror.focus();
    } else if (tries > 0) {
      setTimeout(focusEditor, 50, tries - 1, old);
    }
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    sessionStorage.setItem(kept, field.value.trim());
    say('…');
    const old = editor();
    show();
    focusEditor(40, old);
  });
  show();
  if (field.value) {
    focusEditor(40, null);
  } else {
    say('Not signed in: enter a token.');
    field.focus();
  }
})();
