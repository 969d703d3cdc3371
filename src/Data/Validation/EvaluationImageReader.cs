using System.Globalization;
using System.Text.Json;
using NSft.Collectives;
using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Finds the images that an evaluation's file names, whatever else stands in it: question files, annotations, data sets, lists of names.</summary>
public static class EvaluationImageReader
{
    private const int BufferBytes = 1 << 16;
    private const int LargestBuffer = 1 << 28;

    private static readonly HashSet<string> Fields = new(StringComparer.OrdinalIgnoreCase)
    {
        "image", "images", "image_id", "imageId", "image_path", "image_file", "image_name", "file_name", "filename", "img_path",
    };

    /// <summary>Adds a file's images to those known.</summary>
    /// <exception cref="UserInputException">The file cannot be read, or names no image.</exception>
    public static void Read(string path, EvaluationImages images)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(images);
        images.Begin(path);
        int before = images.Count;
        int named;
        try
        {
            named = Path.GetExtension(path).ToUpperInvariant() switch
            {
                ".PARQUET" => ReadRows(path, images),
                ".TXT" => ReadNames(path, images),
                _ => ReadJson(path, images),
            };
        }
        catch (JsonException exception)
        {
            throw new UserInputException($"{path}: not valid JSON at line {exception.LineNumber + 1}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: the file cannot be read: {exception.Message}", exception);
        }

        if (named == 0 && images.Count == before)
        {
            throw new UserInputException($"{path}: no images are named in it (fields image, image_id, images, file_name and the like)");
        }
    }

    private static int ReadRows(string path, EvaluationImages images)
    {
        int count = 0;
        foreach (RecordRead read in DatasetFormats.Detect(path).Read(path, new DatasetReadOptions()))
        {
            foreach (DatasetImage image in read.Record?.Images ?? [])
            {
                images.Add(image);
                count++;
            }
        }

        return count;
    }

    private static int ReadNames(string path, EvaluationImages images)
    {
        int count = 0;
        foreach (string line in File.ReadLines(path))
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                images.Add(new DatasetImage(line.Trim(), null));
                count++;
            }
        }

        return count;
    }

    private static int ReadJson(string path, EvaluationImages images)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        byte[] buffer = new byte[BufferBytes];
        int filled = 0;
        JsonReaderState state = new(new JsonReaderOptions { AllowMultipleValues = true, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        NameScan scan = new(images);
        bool isFirst = true;
        while (true)
        {
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length < LargestBuffer ? buffer.Length * 2 : throw new UserInputException($"{path}: a single text is too long"));
            }

            int read = stream.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            ReadOnlySpan<byte> text = buffer.AsSpan(0, filled);
            int skipped = isFirst && text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
            isFirst = false;
            Utf8JsonReader reader = new(text[skipped..], isFinalBlock: read == 0, state);
            scan.Run(ref reader);
            state = reader.CurrentState;
            int consumed = skipped + (int)reader.BytesConsumed;
            buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
            filled -= consumed;
            if (read == 0)
            {
                return scan.Count;
            }
        }
    }

    /// <summary>Goes through JSON token by token and takes the values of image fields.</summary>
    private sealed class NameScan(EvaluationImages images)
    {
        private bool _isImage;
        private int _listDepth = -1;

        public int Count { get; private set; }

        public void Run(ref Utf8JsonReader reader)
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        _isImage = Fields.Contains(reader.GetString()!);
                        _listDepth = -1;
                        break;
                    case JsonTokenType.StartArray when _isImage:
                        _listDepth = reader.CurrentDepth;
                        break;
                    case JsonTokenType.String when _isImage:
                        Take(reader.GetString()!);
                        break;
                    case JsonTokenType.Number when _isImage && reader.TryGetInt64(out long number):
                        images.Add(number);
                        Count++;
                        break;
                    default:
                        break;
                }

                // A field's value ends with the value itself, or with the end of its list.
                bool isInList = _listDepth >= 0 && reader.TokenType != JsonTokenType.StartObject
                    && (reader.CurrentDepth > _listDepth || reader.TokenType == JsonTokenType.StartArray);
                _isImage &= reader.TokenType == JsonTokenType.PropertyName || isInList;
            }
        }

        private void Take(string name)
        {
            if (name.Length == 0)
            {
                return;
            }

            Count++;
            images.Add(new DatasetImage(name, null));
            if (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                images.Add(number);
            }
        }
    }
}
