"""Holds your VAE code against LatentConformance: decorate functions, call run(), type `latent verify -- python3 FILE`.

    @operation("kl_standard")      a function under the name that `latent ops` lists; its arguments come by the
    def kl(mu, logvar): ...        contract's names, or in the contract's order where yours are others

It returns one value, a tuple in the order of the outputs, or a dict. With tensors="torch" autograd answers
kl_standard.vjp; else write @operation("kl_standard.vjp"). Standard library only, Python 3.9 and later.
"""
import array, base64, inspect, json, math, os, sys, traceback

_served = {}


class Declined(Exception):
    """Raise it to pass on a case; the reason is shown, and nothing fails."""


def operation(*names, fields=None, detached=(), grad=True, **conventions):
    """Serves one operation, or several with a composite.

    fields       what the returned tuple holds, in its order; of it each operation takes the outputs that it has
    detached     inputs that no gradient reaches on purpose: autograd answers zeros there
    grad         False where autograd must not answer the .vjp
    conventions  where your code departs from the house: reduce="mean", beta="legacy", logvar_clamp=[-30, 20], ...
    """
    def register(function):
        for name in names:
            _served[name] = dict(function=function, fields=fields, detached=detached, grad=grad, conventions=conventions)
        return function
    return register


# -- calling the author's function

def _arguments(function, inputs):
    """By name, or in order; never a mixture in which a beta could be taken for an epsilon."""
    try:
        parameters = inspect.signature(function).parameters
    except ValueError:
        return inputs.values(), {}
    strangers = [p for n, p in parameters.items() if n not in inputs]
    if all(p.default is not p.empty for p in strangers) and not (strangers and inputs.keys() - parameters.keys()):
        return (), {n: inputs[n] for n in parameters if n in inputs}
    for mine, theirs in zip(parameters, inputs):
        if mine in inputs and mine != theirs:
            raise TypeError(f"its parameter {mine} stands where the contract has {theirs}; name them as in ({', '.join(inputs)})")
    return inputs.values(), {}


def _seen(value, tensors):
    _, shape, data = tensors.write(value)
    return shape, data if isinstance(data, bytes) else repr(data)  # NaN is not NaN, and reads the same


def _call(served, inputs, outputs, tensors):
    positional, named = _arguments(served["function"], inputs)
    before = {name: _seen(value, tensors) for name, value in inputs.items()}
    result = served["function"](*positional, **named)
    for name, seen in before.items():
        if _seen(inputs[name], tensors) != seen:
            raise RuntimeError(f"changed its input {name}; work on a copy")
    if not isinstance(result, dict):
        result, names = result if isinstance(result, tuple) else (result,), served["fields"] or outputs
        if len(result) > len(names) or served["fields"] and len(result) < len(names):
            raise TypeError(f"returned {len(result)} values for {', '.join(map(str, names))}; name them with fields=[...] or return a dict")
        result = dict(zip(names, result))
    kept = {name: result[name] for name in outputs if result.get(name) is not None}
    if not kept:
        raise TypeError(f"returned {', '.join(map(str, result))}; expected some of {', '.join(outputs)}")
    return kept


def _autograd(name, served, inputs, outputs, wanted, tensors):
    """The gradient of the sum of cotangent times output, in every input that the contract wants it in."""
    torch, sources = tensors.torch, [d[2:] for d in wanted]
    cotangents = {n[2:]: v for n, v in inputs.items() if n.startswith("d_")}
    leaves = {n: tensors.leaf(v) if n in sources else v for n, v in inputs.items() if not n.startswith("d_")}
    given = _call(served, leaves, outputs, tensors)
    for n in cotangents:
        if n not in given:
            raise RuntimeError(f"{name} returns no {n}, so that it has no gradient; return it, or say grad=False")
    reached = {n: given[n] for n in cotangents if getattr(given[n], "requires_grad", False)}
    found = torch.autograd.grad(list(reached.values()), [leaves[n] for n in sources], [tensors.cotangent(n, cotangents[n], y) for n, y in reached.items()],
                                allow_unused=True) if reached else [None] * len(sources)
    for n, gradient in zip(sources, found):
        if gradient is None and n not in served["detached"]:
            raise RuntimeError(f"no gradient reaches {n}: keep it in the graph, or say detached=[\"{n}\"] where that is meant, or write {name}.vjp")
    return {"d_" + n: torch.zeros_like(leaves[n]) if g is None else g for n, g in zip(sources, found)}


def answer(op, inputs, catalogue, tensors):
    """The outputs of one operation by name, or None where it is not served. Errors come through as they are."""
    forward = op[:-4] if op.endswith(".vjp") else ""
    if op in _served:
        return _call(_served[op], inputs, catalogue[op]["outputs"], tensors)
    if tensors.differentiates(forward):
        return _autograd(forward, _served[forward], inputs, catalogue[forward]["outputs"], catalogue[op]["outputs"], tensors)


# -- tensors: read() makes one of flat numbers or bytes, write() gives the dtype, the shape and flat numbers or bytes

class Lists:
    """Nested lists of numbers. An empty list has one axis, whatever it stood for."""
    def read(self, data, shape, whole):
        if isinstance(data, bytes):
            data = array.array("q" if whole else "d" if len(data) == 8 * math.prod(shape) else "f", data).tolist()
        for axis in range(len(shape) - 1, 0, -1):
            data = [data[i * shape[axis]:(i + 1) * shape[axis]] for i in range(math.prod(shape[:axis]))]
        return data

    def write(self, value):
        return None, None, value

    def differentiates(self, op):
        return False


class Numpy(Lists):
    def __init__(self, dtype):
        import numpy
        self.np, self.dtype = numpy, numpy.dtype({"float64": "f8", "float16": "f2"}.get(dtype, "f4"))

    def read(self, data, shape, whole):
        dtype = self.np.dtype("i8") if whole else self.dtype
        data = self.np.frombuffer(data, "f4" if dtype.itemsize < 4 else dtype) if isinstance(data, bytes) else data
        return self.np.array(data, dtype).reshape(shape)

    def write(self, value):
        value = self.np.asarray(value)
        kind = "int64" if value.dtype.kind in "iub" else "float64" if value.dtype == "f8" else "float32"
        return kind, value.shape, value.reshape(-1).tolist() if value.size <= 4096 else value.astype(kind).tobytes()


class Torch(Numpy):
    def __init__(self, dtype, device):
        super().__init__(dtype)
        import torch
        self.torch, self.device, self.dtype = torch, device, torch.float32 if dtype == "tf32" else getattr(torch, dtype)
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = dtype == "tf32"

    def read(self, data, shape, whole):
        dtype = self.torch.int64 if whole else self.dtype
        if isinstance(data, bytes):
            data = self.torch.frombuffer(bytearray(data), dtype=dtype if whole or dtype is self.torch.float64 else self.torch.float32)
        return self.torch.as_tensor(data, dtype=dtype, device=self.device).reshape(shape)

    def write(self, value):
        if isinstance(value, self.torch.Tensor):
            value = value.detach().cpu()
            value = (value.float() if value.dtype in (self.torch.bfloat16, self.torch.float16) else value).numpy()
        return super().write(value)

    def leaf(self, value):
        return self.torch.as_tensor(value, dtype=self.dtype, device=self.device).clone().requires_grad_()

    def cotangent(self, name, value, output):
        value = self.torch.as_tensor(value, dtype=output.dtype, device=output.device)
        if value.numel() != output.numel():
            raise RuntimeError(f"{name} has shape {list(output.shape)}, the contract's {list(value.shape)}; declare reduce=... where that is meant")
        return value.reshape(output.shape)

    def differentiates(self, op):
        return op in _served and _served[op]["grad"]


# -- the protocol

def _plain(value):
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value if not isinstance(value, float) or math.isfinite(value) else "NaN" if value != value else "inf" if value > 0 else "-inf"


def _encoded(value, tensors):
    dtype, shape, data = tensors.write(value)
    if not shape:
        return _plain(data if shape is None else data[0])
    coded = {"base64": base64.b64encode(data).decode()} if isinstance(data, bytes) else {"data": _plain(data)}
    return {"dtype": dtype, "shape": shape, **coded}


def _decoded(wire, tensors):
    if not isinstance(wire, dict):
        return float(wire) if isinstance(wire, str) else wire
    whole = wire["dtype"] == "int64"
    data = base64.b64decode(wire["base64"]) if "base64" in wire else list(map(int if whole else float, wire["data"]))
    return tensors.read(data, wire["shape"], whole)


def _replied(asked, catalogue, tensors):
    try:
        outputs = answer(asked["op"], {n: _decoded(v, tensors) for n, v in asked["inputs"].items()}, catalogue, tensors)
        return {"unsupported": True} if outputs is None else {"outputs": {n: _encoded(v, tensors) for n, v in outputs.items()}}
    except Declined as reason:
        return {"declined": " ".join(str(reason).split())}
    except (Exception, SystemExit) as wrong:
        traceback.print_exc(file=sys.stderr)
        return {"error": f"{type(wrong).__name__}: {' '.join(str(wrong).split())}"}


def run(name="adapter", version="0", dtype="float32", device="cpu", tensors="numpy", profile=None, **conventions):
    """Answers until stdin ends. dtype is the precision you compute in; tensors arrive as "numpy", "torch" or "list"."""
    if sys.stdin.isatty():
        sys.exit(f"this answers questions on stdin; type: latent verify -- python3 {sys.argv[0]}")
    sys.stdout.flush()
    wire, sys.stdout = os.fdopen(os.dup(1), "wb"), sys.stderr
    os.dup2(2, 1)  # what prints from here on, in Python or below it, prints to stderr
    kind = Lists() if tensors == "list" else Torch(dtype, device) if tensors == "torch" else Numpy(dtype)
    for line in open(0, "rb", 1 << 20, closefd=False):
        asked = json.loads(line)
        if "hello" in asked:
            catalogue = asked["operations"]
            offered = [*_served, *(op for op in catalogue if op.endswith(".vjp") and op not in _served and kind.differentiates(op[:-4]))]
            special = {op: _served.get(op, {}).get("conventions") or _served.get(op[:-4], {}).get("conventions") for op in offered}
            reply = dict(protocol=1, name=name, version=version, dtype=dtype, device=device, operations=offered, conventions=conventions,
                         by_operation={op: c for op, c in special.items() if c}, **({"profile": profile} if profile else {}))
        else:
            reply = {"id": asked["id"], **_replied(asked, catalogue, kind)}
        wire.write(json.dumps(reply).encode() + b"\n")
        wire.flush()


# -- for code that draws its own noise, and for modules that own their tensors

class noise:
    """with noise(epsilon): z = vae.sample(mu, logvar)     The one draw inside is epsilon, or an error says why not.

    Normal draws are the values, uniform ones are scaled to their range, exponential ones are -log of them. No NumPy
    Generator that is there already can be reached: `with noise(epsilon) as rng` gives one to put in its place.
    """
    def __init__(self, values):
        self.values, self.drawn, self.patched = values, False, []

    def __enter__(self):
        torch, numpy, draw = sys.modules.get("torch"), sys.modules.get("numpy"), self._draw
        if torch and isinstance(self.values, torch.Tensor):
            for name in "randn", "rand":
                self._patch(torch, name, lambda *s, size=None, **_: draw(size or (s[0] if s and not isinstance(s[0], int) else s)))
                self._patch(torch, name + "_like", lambda x, **_: draw(x.shape))
            self._patch(torch, "normal", lambda mean=0.0, std=1.0, size=None, **_: mean + std * draw(
                size or torch.broadcast_tensors(torch.as_tensor(mean), torch.as_tensor(std))[0].shape))
            self._patch(torch.Tensor, "normal_", lambda x, mean=0.0, std=1.0, **_: x.copy_(mean + std * draw(x.shape)))
            self._patch(torch.Tensor, "uniform_", lambda x, low=0.0, high=1.0, **_: x.copy_(low + (high - low) * draw(x.shape)))
            self._patch(torch.Tensor, "exponential_", lambda x, lambd=1.0, **_: x.copy_(-draw(x.shape).log() / lambd))
        elif numpy:
            for name in "randn", "rand", "standard_normal", "normal", "random", "random_sample", "uniform":
                self._patch(numpy.random, name, getattr(self, name))
            self._patch(numpy.random, "default_rng", lambda *_: self)
        return self

    def __exit__(self, kind, error, trace):
        for owner, name, original in self.patched:
            setattr(owner, name, original) if original else delattr(owner, name)
        if kind is None and not self.drawn:
            raise RuntimeError("noise was given and nothing drew it; sample inside `with noise(...) as rng`, or hand rng to what samples")

    def _patch(self, owner, name, replacement):
        self.patched.append((owner, name, vars(owner).get(name)))
        setattr(owner, name, replacement)

    def _draw(self, size):
        shape, given = (size,) if isinstance(size, int) else tuple(size or ()), tuple(self.values.shape)
        if self.drawn or shape != given:
            raise RuntimeError("noise was given for one draw, and this is the second" if self.drawn else f"draws noise of shape {shape}; what was given has {given}")
        self.drawn = True
        return self.values + 0

    def randn(self, *size): return self._draw(size)
    def standard_normal(self, size=None, *_, **__): return self._draw(size)
    def normal(self, loc=0.0, scale=1.0, size=None): return loc + scale * self._draw(size or getattr(loc + scale, "shape", ()))
    def uniform(self, low=0.0, high=1.0, size=None): return low + (high - low) * self._draw(size or getattr(low + high, "shape", ()))
    rand, random, random_sample = randn, standard_normal, standard_normal


class bind:
    """bind(module, {"embedding.weight": codebook})(z): the module, with the contract's tensors in place of its own, as clones.

    Gradients reach them, as with torch.func.functional_call, on every version of PyTorch. `state` holds afterwards what
    the call left there, also where it put new tensors in their place, as the EMA of many a quantizer does.
    A buffer that the module moves through `.data` keeps the clone's graph: give it detached.
    """
    def __init__(self, module, tensors):
        self.module, self.tensors, self.state = module, tensors, {}

    def __call__(self, *args, **kwargs):
        owners = {name: self.module.get_submodule(name.rpartition(".")[0]) for name in self.tensors}
        tables = {name: o._parameters if name.rpartition(".")[2] in o._parameters else o._buffers for name, o in owners.items()}
        saved = [(t, dict(t)) for t in tables.values()]
        try:
            for name, table in tables.items():
                leaf = name.rpartition(".")[2]
                if leaf not in table:
                    raise KeyError(f"no parameter or buffer {name} in {type(self.module).__name__}")
                table[leaf] = self.tensors[name].clone()
            result = self.module(*args, **kwargs)
            self.state = {name: getattr(owner, name.rpartition(".")[2]) for name, owner in owners.items()}
            return result
        finally:
            for table, was in reversed(saved):
                table.clear()
                table.update(was)
