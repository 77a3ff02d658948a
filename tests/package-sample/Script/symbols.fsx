// symbols.fsx CHECKOUT ADDRESS PACKAGE…: every source file that a package's symbols name is in them, or a file of the checkout's commit at the
// address that Source Link in them gives.
open System
open System.Diagnostics
open System.IO
open System.IO.Compression
open System.Reflection.Metadata
open System.Reflection.PortableExecutable
open System.Text
open System.Text.Json

let sourceLink = Guid "CC110556-A091-4D38-9FEC-25AB9A351A6A"
let embeddedSource = Guid "0E8A571B-6926-466E-B4AD-8AB04611F5FE"

let checkout, address, packages =
    match List.ofArray fsi.CommandLineArgs[1..] with
    | checkout :: address :: packages when not packages.IsEmpty -> checkout, address, packages
    | _ -> failwith "symbols.fsx needs a checkout, an address and packages."

let git (arguments: string) =
    use git =
        Process.Start(ProcessStartInfo("git", $"-C \"{checkout}\" {arguments}", RedirectStandardOutput = true))

    let said = git.StandardOutput.ReadToEnd()
    git.WaitForExit()

    if git.ExitCode <> 0 then
        failwith $"git {arguments} ended with {git.ExitCode}."

    said.Trim()

let commit = git "rev-parse HEAD"
let files = set ((git "ls-tree -r -z --name-only HEAD").Split('\000'))

let require holds reason =
    if not holds then
        eprintfn "%s" reason
        exit 1

/// What the symbols say beside the standard's tables, about one document or about all.
let custom (symbols: MetadataReader) kind (handles: CustomDebugInformationHandleCollection) =
    [
        for handle in handles do
            let told = symbols.GetCustomDebugInformation handle

            if symbols.GetGuid told.Kind = kind then
                symbols.GetBlobBytes told.Value
    ]

let check package (entry: ZipArchiveEntry) =
    use bytes = new MemoryStream()
    (use file = entry.Open() in file.CopyTo bytes)
    bytes.Position <- 0
    use reader = new PEReader(bytes)

    use provider =
        reader.ReadDebugDirectory()
        |> Seq.find (fun e -> e.Type = DebugDirectoryEntryType.EmbeddedPortablePdb)
        |> reader.ReadEmbeddedPortablePdbDebugDirectoryData

    let symbols = provider.GetMetadataReader()

    match custom symbols sourceLink (symbols.GetCustomDebugInformation EntityHandle.ModuleDefinition) with
    | [ link ] ->
        use json = JsonDocument.Parse(ReadOnlyMemory link)

        let addresses =
            [
                for d in json.RootElement.GetProperty("documents").EnumerateObject() do
                    struct (d.Name, d.Value.GetString())
            ]

        require
            (addresses = [ struct ("/_/*", $"{address}/{commit}/*") ])
            $"{package}: Source Link says {Encoding.UTF8.GetString link}"
    | links -> require false $"{package}: its symbols hold {links.Length} Source Links."

    let mutable linked = 0

    for handle in symbols.Documents do
        let name = symbols.GetString (symbols.GetDocument handle).Name
        let handle: EntityHandle = DocumentHandle.op_Implicit handle

        // The F# compiler cannot embed the SDK's file with a comma in its name, and names "unknown" what it made itself.
        let written =
            not (name.EndsWith ".AssemblyAttributes.fs") && not (name.EndsWith "/unknown")

        if
            written
            && custom symbols embeddedSource (symbols.GetCustomDebugInformation handle) = []
        then
            require (name.StartsWith "/_/" && files.Contains name[3..]) $"{package}: {name} is not in the repository."
            linked <- linked + 1

    require (linked > 0) $"{package}: no source file is at the address."
    printfn $"{package}: {linked} source files at {address}/{commit}"

for path in packages do
    let package = Path.GetFileName path
    use zip = ZipFile.OpenRead path

    let ours =
        [
            for e in zip.Entries do
                if e.FullName.StartsWith "lib/" && e.Name.EndsWith ".dll" then
                    e
        ]

    require (not ours.IsEmpty) $"{package} holds no library."

    for entry in ours do
        check package entry
