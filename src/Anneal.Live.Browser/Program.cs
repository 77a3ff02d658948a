// The runtime asks for an entry point; what pages call is in Exports.
return;
