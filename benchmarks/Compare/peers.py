"""The other side of `benchmarks/compare`: a JSON object a line on stdin, one a line back on stdout.

    {"do": "hello", "threads", "device", "events"}    versions of what is here; "device" is null for the host
    {"do": "load", "folder", "operation", "fields"}   reads the raw files that both sides share; answers who can run it
    {"do": "run", "who", "times"}                     milliseconds a call, the clock round the calls alone
    {"do": "answer", "who", "folder", "kinds"}        writes the outputs of one call as raw files
"""
import ctypes, inspect, json, os, sys, time

# Before the libraries are loaded: they read it once. The caller has set the number of threads in the environment.
try:
    import numpy
    import torch
except ImportError:
    # The caller says in one line what is missing and what brings it.
    sys.exit(1)

try:
    import faiss
except ImportError:
    faiss = None

import eager

TYPES = {"float": numpy.float32, "int": numpy.int64}
calls = {}

# Where PyTorch works, None for the host; whether a GPU's own events tell the time.
place, by_events = None, False


def openblas():
    """The BLAS that NumPy and torch.mm reached, and the core it was tuned for."""
    with open("/proc/self/maps") as maps:
        paths = {line.split()[-1] for line in maps if "openblas" in line}
    for path in sorted(paths):
        library = ctypes.CDLL(path)
        library.openblas_get_config.restype = library.openblas_get_corename.restype = ctypes.c_char_p
        return f"{library.openblas_get_config().decode().strip()}, core {library.openblas_get_corename().decode()}"
    return "another BLAS than OpenBLAS"


def hello(threads, device, events):
    global place, by_events
    place, by_events = device, events
    torch.set_num_threads(threads)
    torch.set_grad_enabled(False)
    if faiss:
        faiss.omp_set_num_threads(threads)
    name = device
    if is_gpu():
        if not torch.cuda.is_available():
            raise RuntimeError(f"PyTorch {torch.__version__} of this Python reaches no GPU; name one that does in LATENT_PYTHON")
        torch.cuda.set_device(torch.device(device).index or 0)
        # As ours: float32 means all its digits, in convolutions too.
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
        gpu = torch.cuda.get_device_properties(device)
        name = f"{device}, {gpu.name}, {gpu.total_memory >> 30} GiB, L2 {getattr(gpu, 'L2_cache_size', 0) >> 20 or '?'} MiB, CUDA {torch.version.cuda}"
    return {"device": name, "python": sys.version.split()[0], "torch": torch.__version__, "numpy": numpy.__version__,
            "faiss": faiss.__version__ if faiss else None, "blas": openblas()}


def is_gpu():
    return place is not None and place.startswith("cuda")


def wait():
    if is_gpu():
        torch.cuda.synchronize()


def offer(name, kind, make):
    """Who can be run. On a device that was named it is tried at once: it may have too little memory, which is an answer too."""
    try:
        calls[name] = make()
        if place:
            calls[name]()
            wait()
    except (RuntimeError, MemoryError) as error:
        if "memory" not in str(error):
            raise
        del error
        calls.pop(name, None)
        return {"name": name, "kind": kind, "fits": False}
    finally:
        if is_gpu():
            torch.cuda.empty_cache()
    return {"name": name, "kind": kind, "fits": True}


def load(folder, operation, fields):
    """Every field is a torch tensor, or a number where it has no shape; NumPy's view of it shares the memory."""
    calls.clear()
    inputs = {}
    for field in fields:
        if "value" in field:
            # JSON writes 1.0 as 1, and a whole number makes PyTorch's result whole.
            inputs[field["name"]] = TYPES[field["kind"]](field["value"]).item()
        else:
            raw = numpy.fromfile(os.path.join(folder, field["name"]), TYPES[field["kind"]])
            inputs[field["name"]] = torch.from_numpy(raw.reshape(field["shape"])).to(place or "cpu")
    return {"peers": [
        offer(name, kind, lambda: maker(**{p: inputs[p] for p in inspect.signature(maker).parameters}))
        for name, kind, maker in eager.of(operation, faiss, "device" if place else "host")]}


def limits(floats_read, floats_copied):
    """Bandwidth, over as many bytes as the case moves: a limit of the machine, asked of whoever reaches it."""
    peers = []
    if floats_read:
        peers.append(offer("torch sum", "read", lambda: torch.ones(floats_read).sum))
    if floats_copied:
        origin, target = torch.ones(floats_copied, device=place), torch.zeros(floats_copied, device=place)
        peers.append(offer("torch copy_", "copy", lambda: lambda: target.copy_(origin)))
        if not place:
            peers.append(offer("numpy copyto", "copy", lambda: lambda: numpy.copyto(target.numpy(), origin.numpy())))
    return {"peers": peers}


def run(who, times):
    """From nothing under way to nothing under way."""
    call = calls[who]
    wait()
    if by_events:
        began, ended = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        began.record()
        for _ in range(times):
            call()
        ended.record()
        ended.synchronize()
        return {"ms": began.elapsed_time(ended) / times}
    began = time.perf_counter()
    for _ in range(times):
        call()
    wait()
    return {"ms": (time.perf_counter() - began) * 1e3 / times}


def answer(who, folder, kinds):
    outputs = calls[who]()
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    for place, (output, kind) in enumerate(zip(outputs, kinds)):
        numpy.ascontiguousarray(output.cpu() if torch.is_tensor(output) else output, TYPES[kind]).tofile(os.path.join(folder, str(place)))
    return {"outputs": len(outputs)}


COMMANDS = {"hello": hello, "load": load, "limits": limits, "run": run, "answer": answer}

for line in sys.stdin:
    request = json.loads(line)
    try:
        reply = COMMANDS[request.pop("do")](**request)
    except Exception as error:
        reply = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply), flush=True)
