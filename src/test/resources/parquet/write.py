# Wrote the .parquet files beside it: see README.md.
import base64, io, zlib
from decimal import Decimal
import datetime
import datasets, duckdb, fastparquet, pandas as pd, polars as pl, pyarrow as pa, pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe
from PIL import Image

def picture(i):
    image = Image.new("RGB", (6, 9), (40 * i, 200 - 40 * i, 90))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()

N = 5
pictures = [picture(i) for i in range(N)]
paths = [f"pictures/{i}.png" for i in range(N)]
captions = [["a red dress", "a dress"], ["blue jeans"], [], ["a bag", "", None], ["Ü: ein Hemd"]]
texts = ["a red dress", "blue jeans", None, "a bag", "Ü: ein Hemd"]
classes = ["dress", "jeans", "bag"]
labels = [0, 1, -1, 2, 0]
print([zlib.crc32(p) for p in pictures])

datasets.Dataset.from_dict(
    {"image": [{"bytes": b, "path": p} for b, p in zip(pictures, paths)],
     "captions": captions, "label": labels, "item_ID": [7, 7, 8, 9, 10]},
    features=datasets.Features({
        "image": datasets.Image(), "captions": datasets.List(datasets.Value("string")),
        "label": datasets.ClassLabel(names=classes), "item_ID": datasets.Value("int64")}),
).to_parquet("datasets.parquet")

struct = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
table = pa.table({
    "id": pa.array([11, 12, 13, 14, 15], pa.int64()),
    "text": pa.array(texts),
    "tags": pa.array([["red", "cotton"], ["blue"], None, [], ["white", None]], pa.list_(pa.string())),
    "price": pa.array([Decimal("19.90"), None, Decimal("5.00"), Decimal("7.25"), None], pa.decimal128(9, 2)),
    "day": pa.array([datetime.date(2026, 11, 29)] * N),
    "seen": pa.array([datetime.datetime(2026, 11, 29, 12, 30)] * N, pa.timestamp("us")),
    "image": pa.array([{"bytes": b, "path": None} for b in pictures], struct)})
pq.write_table(table, "pyarrow.parquet", compression="zstd", data_page_version="2.0", row_group_size=2)
pq.write_table(table, "pyarrow-lz4.parquet", compression="lz4")
pq.write_table(table.select(["id", "image"]), "pyarrow-brotli.parquet", compression="brotli")
pq.write_table(table.slice(0, 0), "pyarrow-empty.parquet")

# As img2dataset writes: a column named after the encoding, rows that could not be fetched.
pq.write_table(pa.table({
    "url": [f"https://shop.example/{i}" for i in range(N)], "key": [f"{i:09}" for i in range(N)],
    "status": ["success", "failed_to_download", "success", "failed_to_resize", "success"],
    "error_message": [None, "HTTP Error 404", None, "image decoding error", None],
    "caption": texts, "png": pa.array([pictures[0], None, pictures[2], None, pictures[4]], pa.binary())}),
    "img2dataset.parquet", compression="gzip")

frame = pd.DataFrame({"id": [1.0, 2.0, None, 4.0, 5.0], "year": [2011, 2012, 2013, 2014, 2015],
    "caption": texts, "category": pd.Categorical(["dress", "jeans", None, "bag", "dress"]),
    "image": paths})
frame.to_parquet("pandas.parquet")
fastparquet.write("fastparquet.parquet", frame.drop(columns="category"), compression="SNAPPY")

pl.DataFrame({"image": [{"bytes": b, "path": p} for b, p in zip(pictures, paths)], "caption": texts,
    "attributes": [["red"], ["blue"], [], ["red", "blue"], None]}).write_parquet("polars.parquet", compression="zstd")

con = duckdb.connect()
con.register("t", pa.table({"i": list(range(N)), "bytes": pictures, "path": paths, "text": texts}))
con.execute("copy (select struct_pack(bytes := bytes, path := path) as image, text as caption,"
    " case when i % 2 = 0 then 'dress' end as category, ['a', null, 'tag ' || i] as attributes"
    " from t order by i) to 'duckdb.parquet' (format parquet)")

# The pictures' column is encrypted, the footer is not.
class Keys(pe.KmsClient):
    def __init__(self, config): pe.KmsClient.__init__(self)
    def wrap_key(self, key, name): return base64.b64encode(key)
    def unwrap_key(self, key, name): return base64.b64decode(key)
properties = pe.CryptoFactory(Keys).file_encryption_properties(
    pe.KmsConnectionConfig(),
    pe.EncryptionConfiguration("footer", column_keys={"k": ["image.bytes", "image.path"]}, plaintext_footer=True, double_wrapping=False))
with pq.ParquetWriter("pyarrow-encrypted.parquet", table.select(["id", "image"]).schema, encryption_properties=properties) as writer:
    writer.write_table(table.select(["id", "image"]))
