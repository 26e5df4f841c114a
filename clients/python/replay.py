"""Asks a replaying server for every recording with the official Python client, and prints which ones were found."""

import hashlib
import json
import pathlib
import sys
import tempfile

import ollama
import pydantic

host, folder = sys.argv[1], pathlib.Path(sys.argv[2])
client = ollama.Client(host=host)
METHODS = {
    ('POST', '/api/chat'): client.chat,
    ('POST', '/api/generate'): client.generate,
    ('POST', '/api/embed'): client.embed,
    ('POST', '/api/embeddings'): client.embeddings,
    ('POST', '/api/pull'): client.pull,
    ('POST', '/api/push'): client.push,
    ('POST', '/api/create'): client.create,
    ('POST', '/api/copy'): client.copy,
    ('DELETE', '/api/delete'): client.delete,
    ('POST', '/api/show'): client.show,
    ('GET', '/api/tags'): client.list,
    ('GET', '/api/ps'): client.ps,
}
STREAMED = {'chat', 'generate', 'pull', 'push', 'create'}


def arguments(path, body):
    arguments = json.loads(body) if body else {}
    # The client asks for a single answer unless told otherwise, the server for a stream.
    if path.rsplit('/', 1)[-1] in STREAMED:
        arguments.setdefault('stream', True)
    if 'from' in arguments:
        arguments['from_'] = arguments.pop('from')
    return arguments


def reason(error):
    nearest = error.find('the nearest')
    return error[nearest if nearest >= 0 else 0 :].split('; available answers')[0]


def upload(path, body):
    """The client names a file's digest itself."""
    content = body.encode()
    if path != f'/api/blobs/sha256:{hashlib.sha256(content).hexdigest()}':
        raise ValueError('the client computes the digest')
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, 'blob')
        file.write_bytes(content)
        client.create_blob(file)


def outcome(method, path, body):
    call = METHODS.get((method, path))
    if method == 'POST' and path.startswith('/api/blobs/'):
        call = lambda: upload(path, body)
    if call is None:
        return f'cannot be expressed: no method for {method} {path.split("sha256")[0]}'
    try:
        answer = call() if path.startswith('/api/blobs/') else call(**arguments(path, body))
        if hasattr(answer, '__next__'):
            for _ in answer:
                pass
    except (TypeError, ValueError, pydantic.ValidationError) as error:
        return f'cannot be expressed: {str(error).splitlines()[0]}'
    except ollama.ResponseError as error:
        if error.error.startswith('no answer for'):
            return f'not found: {reason(error.error)}'
    except Exception as error:  # Recorded disconnects, and answers that the client cannot read.
        return f'found ({type(error).__name__})'
    return 'found'


for file in sorted(folder.glob('*.jsonl')):
    with open(file, encoding='utf-8') as lines:
        request = json.loads(next(lines))['request']
    body = request.get('body')
    print(file.stem, outcome(request['method'], request['path'], body if isinstance(body, str) else None), sep='\t')
