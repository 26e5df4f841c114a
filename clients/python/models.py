"""Uses every endpoint of a server with local models by the official Python client, then its control API."""

import enum
import hashlib
import json
import pathlib
import sys
import tempfile
import urllib.error
import urllib.request

import ollama
import pydantic

host = sys.argv[1]
client = ollama.Client(host=host)
MODEL = 'llama3.2:3b'


def control(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(host + '/control/' + path, data)) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def names():
    return {model.model for model in client.list().models}


assert list(client.pull('qwen3:1.7b', stream=True))[-1].status == 'success'
assert {'qwen3:1.7b', MODEL} <= names()
assert 'completion' in client.show(MODEL).capabilities
question = [{'role': 'user', 'content': 'Why is the sky blue?'}]
assert client.chat(MODEL, question).message.content
parts = list(client.chat(MODEL, question, stream=True))
assert len(parts) > 1 and parts[-1].done
assert client.generate(MODEL, 'Hi').response


def get_weather(city: str) -> str:
    """The weather.

    Args:
      city: The city
    """
    return city


assert client.chat(MODEL, question, tools=[get_weather]).message.tool_calls[0].function.name == 'get_weather'
assert client.chat('qwen3:0.6b', question, think=True).message.thinking
assert len(client.embed('all-minilm:22m', ['a', 'b']).embeddings) == 2
client.copy(MODEL, 'mine')
assert 'mine:latest' in names()
client.delete('mine')
assert 'mine:latest' not in names()
assert client.ps().models


class Colour(enum.Enum):
    RED = 'red'
    BLUE = 'blue'


class Wheel(pydantic.BaseModel):
    colour: Colour
    inches: int


class Bicycle(pydantic.BaseModel):
    name: str
    wheels: list[Wheel]
    spare: Wheel | None


schema = Bicycle.model_json_schema()
assert '$ref' in json.dumps(schema)
Bicycle.model_validate_json(client.chat(MODEL, question, format=schema).message.content)

with tempfile.TemporaryDirectory() as folder:
    file = pathlib.Path(folder, 'model.gguf')
    file.write_bytes(b'GGUF' + bytes(40_000_000))
    digest = client.create_blob(file)
    assert digest == 'sha256:' + hashlib.sha256(file.read_bytes()).hexdigest()
assert client.create('created', files={'model.gguf': digest}).status == 'success'
assert client.create('derived', from_=MODEL, system='Be brief.').status == 'success'
assert {'created:latest', 'derived:latest'} <= names()
try:
    client.chat('unknown', question)
    raise AssertionError('an unknown model answered')
except ollama.ResponseError as error:
    assert error.status_code == 404

assert control('reset', {})[0] == 200
expectation = {'request': {'path': '/api/chat', 'lastUserMessage': 'Hi'}, 'answer': {'tokens': ['Hel', 'lo']}}
assert control('expect', expectation) == (200, {})
assert control('verify')[0] == 409
assert client.chat('any', [{'role': 'user', 'content': 'Hi'}]).message.content == 'Hello'
assert control('verify') == (200, {})
assert [request['path'] for request in control('requests')[1]['requests']] == ['/api/chat']
status, error = control('expect', {'request': {'path': '/'}, 'answr': ''})
assert status == 400 and 'known are request, times' in error['error']
assert control('reset', {})[0] == 200
assert control('requests') == (200, {'requests': []})
