"""Ten steps of SASRec in PyTorch, double precision: the numbers of SasrecTraceTests.cs. Run: python3 sasrec_trace.py

An independent computation: torch.autograd and torch.optim.Adam, padded sequences with masks. Format 1: a line per step with the loss before
it, then the sum and the sum of squares of all parameters afterwards. No dropout; every parameter starts as 0.2 sin(its running number + 1), in the
order below, gains as 1 + that.
"""
import math
import torch

torch.set_default_dtype(torch.float64)
ITEMS, D, HEADS, BLOCKS, LENGTH, STEPS, RATE = 11, 10, 2, 2, 7, 10, 0.01
SEQUENCES = [[(5 * user + i * i + 2 * i) % ITEMS for i in range(length)] for user, length in enumerate([2, 3, 5, 8, 11, 4])]

assert {item for sequence in SEQUENCES for item in sequence} == set(range(ITEMS))
count = 0


def parameter(*shape, gain=0.0):
    global count
    n = math.prod(shape)
    values = torch.tensor([gain + 0.2 * math.sin(count + k + 1) for k in range(n)]).reshape(shape)
    count += n
    return values.requires_grad_()


positions = parameter(LENGTH, D)
blocks = []
for _ in range(BLOCKS):
    blocks.append(dict(
        g1=parameter(D, gain=1.0), c1=parameter(D), g2=parameter(D, gain=1.0), c2=parameter(D),
        wq=parameter(D, D), bq=parameter(D), wk=parameter(D, D), bk=parameter(D), wv=parameter(D, D), bv=parameter(D),
        w1=parameter(D, D), b1=parameter(D), w2=parameter(D, D), b2=parameter(D)))
g, c = parameter(D, gain=1.0), parameter(D)
items = parameter(ITEMS, D)
everything = [positions] + [p for block in blocks for p in block.values()] + [g, c, items]


def norm(x, gain, bias):
    return torch.nn.functional.layer_norm(x, (D,), gain, bias, eps=1e-8)


def outputs(inputs):
    """Right-aligned in LENGTH columns, -1 for padding."""
    present = inputs >= 0
    x = items[inputs.clamp(min=0)] * math.sqrt(D) + positions.flip(0)
    allowed = torch.tril(torch.ones(LENGTH, LENGTH, dtype=torch.bool)) & present[:, None, :]
    for b in blocks:
        q = norm(x, b["g1"], b["c1"])
        split = lambda t: t.view(-1, LENGTH, HEADS, D // HEADS).transpose(1, 2)
        query, key, value = split(q @ b["wq"] + b["bq"]), split(x @ b["wk"] + b["bk"]), split(x @ b["wv"] + b["bv"])
        scores = (query @ key.transpose(2, 3) / math.sqrt(D // HEADS)).masked_fill(~allowed[:, None], -1e30)
        y = q + (torch.softmax(scores, 3) @ value).transpose(1, 2).reshape(-1, LENGTH, D)
        z = norm(y, b["g2"], b["c2"])
        x = z + torch.relu(z @ b["w1"] + b["b1"]) @ b["w2"] + b["b2"]
    return norm(x, g, c)


inputs = torch.full((len(SEQUENCES), LENGTH), -1)
targets = torch.full((len(SEQUENCES), LENGTH), -1)
for row, sequence in enumerate(SEQUENCES):
    sequence = sequence[-(LENGTH + 1):]
    inputs[row, LENGTH + 1 - len(sequence):] = torch.tensor(sequence[:-1])
    targets[row, LENGTH + 1 - len(sequence):] = torch.tensor(sequence[1:])

adam = torch.optim.Adam(everything, lr=RATE, betas=(0.9, 0.98), eps=1e-8)
for step in range(STEPS):
    loss = torch.nn.functional.cross_entropy((outputs(inputs) @ items.t())[targets >= 0], targets[targets >= 0])
    adam.zero_grad()
    loss.backward()
    adam.step()
    with torch.no_grad():
        print(f"{loss.item():.15g}, {sum(p.sum() for p in everything).item():.15g}, {sum((p * p).sum() for p in everything).item():.15g}")
