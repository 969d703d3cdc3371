"""A plain PyTorch LLaVA: the peer that NSft's training step and generation are timed against.

Written as one would by hand: functional layers, float32, eager mode. Runs on Debian's python3-torch,
which is the same libtorch that the embedded package mode uses.
"""
import json
import pathlib
import struct

import torch
import torch.nn.functional as F

DTYPES = {"F32": torch.float32, "BF16": torch.bfloat16, "F16": torch.float16}


def read_safetensors(path):
    data = pathlib.Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    weights = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        raw = bytearray(data[8 + length + begin : 8 + length + end])
        weights[name] = torch.frombuffer(raw, dtype=DTYPES[entry["dtype"]]).reshape(entry["shape"]).float()
    return weights


def short_name(name):
    name = name.removeprefix("model.").replace("language_model.model.", "language_model.")
    return name.replace("language_model.lm_head", "lm_head").replace("vision_tower.vision_model.", "vision_tower.")


class Llava:
    def __init__(self, folder):
        folder = pathlib.Path(folder)
        config = json.loads((folder / "config.json").read_text())
        self.text, self.vision = config["text_config"], config["vision_config"]
        self.image_id = config["image_token_index"]
        self.weights = {}
        for path in sorted(folder.glob("*.safetensors")):
            self.weights.update({short_name(n): w for n, w in read_safetensors(path).items()})
        size = self.text["head_dim"]
        theta = self.text["rope_parameters"]["rope_theta"]
        self.inverse = 1.0 / theta ** (torch.arange(0, size, 2).float() / size)

    def trainable(self):
        names = [n for n in self.weights if not n.startswith("vision_tower.")]
        for name in names:
            self.weights[name].requires_grad_(True)
        return [self.weights[name] for name in names]

    def linear(self, x, name):
        return F.linear(x, self.weights[name + ".weight"], self.weights.get(name + ".bias"))

    def layer_norm(self, x, name):
        w = self.weights
        return F.layer_norm(x, x.shape[-1:], w[name + ".weight"], w[name + ".bias"], self.vision["layer_norm_eps"])

    @torch.no_grad()
    def encode(self, pixels):
        v, w = self.vision, self.weights
        x = F.conv2d(pixels, w["vision_tower.embeddings.patch_embedding.weight"], stride=v["patch_size"])
        x = x.flatten(2).transpose(1, 2)
        cls = w["vision_tower.embeddings.class_embedding"].expand(len(x), 1, -1)
        x = torch.cat([cls, x], 1) + w["vision_tower.embeddings.position_embedding.weight"]
        x = self.layer_norm(x, "vision_tower.pre_layrnorm")
        heads = v["num_attention_heads"]
        for i in range(v["num_hidden_layers"] - 1):
            p = f"vision_tower.encoder.layers.{i}."
            h = self.layer_norm(x, p + "layer_norm1")
            q, k, val = (self.linear(h, p + f"self_attn.{n}_proj") for n in "qkv")
            q, k, val = (t.view(*t.shape[:2], heads, -1).transpose(1, 2) for t in (q, k, val))
            a = torch.softmax(q @ k.transpose(2, 3) * q.shape[-1] ** -0.5, -1) @ val
            x = x + self.linear(a.transpose(1, 2).flatten(2), p + "self_attn.out_proj")
            h = self.linear(self.layer_norm(x, p + "layer_norm2"), p + "mlp.fc1")
            x = x + self.linear(h * torch.sigmoid(1.702 * h), p + "mlp.fc2")
        return x[:, 1:]

    def embed(self, ids, features):
        x = F.embedding(ids, self.weights["language_model.embed_tokens.weight"])
        if features is not None:
            h = self.linear(F.gelu(self.linear(features, "multi_modal_projector.linear_1")), "multi_modal_projector.linear_2")
            mask = (ids == self.image_id).unsqueeze(-1).expand_as(x)
            x = x.masked_scatter(mask, h.reshape(-1, h.shape[-1]))
        return x

    def rms_norm(self, x, name):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.text["rms_norm_eps"]) * self.weights[name + ".weight"]

    def decode(self, x, positions, cache=None, mask=None):
        t = self.text
        heads = t["num_attention_heads"]
        angles = positions.float().unsqueeze(-1) * self.inverse
        angles = torch.cat([angles, angles], -1).unsqueeze(1)
        cos, sin = angles.cos(), angles.sin()

        def rotate(y):
            a, b = y.chunk(2, -1)
            return y * cos + torch.cat([-b, a], -1) * sin

        if mask is None:
            n = x.shape[1]
            mask = torch.full((n, n), float("-inf")).triu(1)
        for i in range(t["num_hidden_layers"]):
            p = f"language_model.layers.{i}."
            h = self.rms_norm(x, p + "input_layernorm")
            q, k, v = (self.linear(h, p + f"self_attn.{n}_proj") for n in "qkv")
            q, k, v = (y.view(*y.shape[:2], heads, -1).transpose(1, 2) for y in (q, k, v))
            q, k = rotate(q), rotate(k)
            if cache is not None:
                if len(cache) > i:
                    k, v = torch.cat([cache[i][0], k], 2), torch.cat([cache[i][1], v], 2)
                    cache[i] = (k, v)
                else:
                    cache.append((k, v))
            a = torch.softmax(q @ k.transpose(2, 3) * q.shape[-1] ** -0.5 + mask, -1) @ v
            x = x + self.linear(a.transpose(1, 2).flatten(2), p + "self_attn.o_proj")
            h = self.rms_norm(x, p + "post_attention_layernorm")
            x = x + self.linear(F.silu(self.linear(h, p + "mlp.gate_proj")) * self.linear(h, p + "mlp.up_proj"), p + "mlp.down_proj")
        return self.rms_norm(x, "language_model.norm")

    def loss(self, ids, labels, features):
        """Sum of the cross entropy over the positions that have a label; the head runs at those positions only."""
        positions = torch.arange(ids.shape[1]).expand(ids.shape)
        h = self.decode(self.embed(ids, features), positions)[:, :-1]
        target = labels[:, 1:]
        chosen = target != -100
        return F.cross_entropy(F.linear(h[chosen], self.weights["lm_head.weight"]), target[chosen], reduction="sum")

    @torch.no_grad()
    def generate(self, ids, features, count):
        """Greedy continuation of prompts of one length by exactly `count` tokens, with a key-value cache."""
        cache, out = [], []
        positions = torch.arange(ids.shape[1]).expand(ids.shape)
        h = self.decode(self.embed(ids, features), positions, cache)[:, -1]
        for step in range(count):
            token = F.linear(h, self.weights["lm_head.weight"]).argmax(-1)
            out.append(token)
            if step == count - 1:
                break
            position = torch.full((len(ids), 1), ids.shape[1] + step)
            h = self.decode(self.embed(token.unsqueeze(1), None), position, cache, torch.zeros(1))[:, -1]
        return torch.stack(out, 1)
